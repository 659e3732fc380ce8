/// What `Ref` and `Fn::GetAtt` answer for one resource.
struct ResourceIdentity {
    var logicalID: String
    var type: String
    /// The physical name: of the template, or the logical id.
    var name: String
    /// `Ref`.
    var reference: String
    /// `Fn::GetAtt`.
    var attributes: [String: String]

    var arn: String { attributes["Arn"] ?? reference }
}

extension ResourceIdentity {
    /// The property that names a resource of each type; nil where CloudFormation names it itself.
    static func nameProperty(of type: String) -> String? {
        switch type {
        case "AWS::Serverless::Function": "FunctionName"
        case "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable": "TableName"
        case "AWS::SQS::Queue": "QueueName"
        case "AWS::SecretsManager::Secret": "Name"
        default: nil
        }
    }

    /// - Returns: nil for a type that the emulator has not.
    init?(logicalID: String, type: String, name: String, options: TemplateOptions) {
        let place = "\(options.region):\(options.accountID)"
        self.init(logicalID: logicalID, type: type, name: name, reference: name, attributes: [:])
        switch type {
        case "AWS::Serverless::Function":
            attributes = ["Arn": "arn:aws:lambda:\(place):function:\(name)"]
        case "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable":
            attributes = ["Arn": "arn:aws:dynamodb:\(place):table/\(name)"]
        case "AWS::SQS::Queue":
            reference = "\(options.endpoint)/\(options.accountID)/\(name)"
            attributes = ["Arn": "arn:aws:sqs:\(place):\(name)", "QueueName": name, "QueueUrl": reference]
        case "AWS::SecretsManager::Secret":
            reference = "arn:aws:secretsmanager:\(place):secret:\(name)-\(Self.suffix(of: name, length: 6))"
            attributes = ["Id": reference]
        case "AWS::Serverless::HttpApi", "AWS::Serverless::WebSocketApi":
            let scheme = type == "AWS::Serverless::HttpApi" ? "https" : "wss"
            reference = Self.suffix(of: logicalID, length: 10)
            let host = "\(reference).execute-api.\(options.region).amazonaws.com"
            attributes = ["ApiId": reference, "ApiEndpoint": "\(scheme)://\(host)"]
        case "AWS::IAM::Role":
            attributes = ["Arn": "arn:aws:iam::\(options.accountID):role/\(name)"]
        case _ where CloudOnly.resourceTypes[type] != nil:
            break
        default:
            return nil
        }
    }

    /// Letters and digits that stand in for those that AWS draws by chance; the same for the same name, so that URLs and
    /// ARNs survive a restart. (FNV-1a, written in base 36: nothing here is secret.)
    static func suffix(of name: String, length: Int) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        let digits = String(hash, radix: 36)
        return String((digits + "0000000000").prefix(length))
    }
}
