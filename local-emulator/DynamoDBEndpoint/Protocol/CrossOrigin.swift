/// CORS for scripts in browsers: every origin may ask, and read these fields of the answer.
enum CrossOrigin {
    static func allow(_ reply: inout DynamoDBReply) {
        reply.headers.append(("Access-Control-Allow-Origin", "*"))
        reply.headers.append(("Access-Control-Expose-Headers", "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"))
    }
}
