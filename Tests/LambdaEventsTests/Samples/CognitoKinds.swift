import LambdaEvents

let cognitoKinds: [SampleKind] = [
    SampleKind(
        CognitoPreSignUpEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "userAttributes"), samples: ["go--cognito-event-userpools-presignup"]),
    SampleKind(
        CognitoPostConfirmationEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "userAttributes"), samples: ["go--cognito-event-userpools-postconfirmation"]),
    SampleKind(
        CognitoUserMigrationEvent.self, .cognitoUserPool,
        required: cognitoFields, samples: ["go--cognito-event-userpools-migrateuser"]),
    SampleKind(
        CognitoPreAuthenticationEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "userAttributes"), samples: ["go--cognito-event-userpools-preauthentication"]),
    SampleKind(
        CognitoPostAuthenticationEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "userAttributes"), samples: ["go--cognito-event-userpools-postauthentication"]),
    SampleKind(
        CognitoPreTokenGenerationEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "userAttributes"), samples: ["go--cognito-event-userpools-pretokengen"]),
    SampleKind(
        CognitoPreTokenGenerationV2Event.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "userAttributes"),
        samples: ["go--cognito-event-userpools-pretokengen-v2_0", "powertools--cognitoPreTokenV2GenerationEvent"]),
    SampleKind(
        CognitoCustomMessageEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "userAttributes"), samples: ["go--cognito-event-userpools-custommessage"]),
    SampleKind(
        CognitoCustomEmailSenderEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "type", "userAttributes"),
        exceptions: [
            SampleException(
                "powertools--cognitoCustomEmailSenderEvent", at: ["callerContext/awsSdk"],
                because: "a slip of the sample's: Cognito documents and sends `awsSdkVersion`")
        ],
        samples: ["powertools--cognitoCustomEmailSenderEvent"]),
    SampleKind(
        CognitoDefineAuthChallengeEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "session", "userAttributes")
            + under("request/session/*", "challengeName", "challengeResult"),
        samples: ["go--cognito-event-userpools-define-auth-challenge"]),
    SampleKind(
        CognitoCreateAuthChallengeEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "challengeName", "session", "userAttributes")
            + under("request/session/*", "challengeName", "challengeResult"),
        samples: ["go--cognito-event-userpools-create-auth-challenge"]),
    SampleKind(
        CognitoVerifyAuthChallengeResponseEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "challengeAnswer", "userAttributes"),
        samples: ["go--cognito-event-userpools-verify-auth-challenge"]),
    SampleKind(
        CognitoSyncEvent.self, .cognitoSync,
        required: ["datasetName", "datasetRecords", "eventType", "identityId", "identityPoolId", "region", "version"]
            + under("datasetRecords/*", "op"), samples: ["sam--cognito-sync-trigger"]),
]

/// "User pool Lambda trigger event", common parameters. A machine's token grant has no user.
let cognitoFields =
    ["version", "triggerSource", "region", "userPoolId", "callerContext", "request"] + under("callerContext", "clientId")
