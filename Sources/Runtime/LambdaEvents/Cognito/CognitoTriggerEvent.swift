/// An event of any trigger, for a function that serves several: change the one that came, and return this.
public enum CognitoTriggerEvent: Sendable, Equatable {
    case preSignUp(CognitoPreSignUpEvent)
    case postConfirmation(CognitoPostConfirmationEvent)
    case userMigration(CognitoUserMigrationEvent)
    case preAuthentication(CognitoPreAuthenticationEvent)
    case postAuthentication(CognitoPostAuthenticationEvent)
    /// Version 1.
    case preTokenGeneration(CognitoPreTokenGenerationEvent)
    /// Versions 2 and 3.
    case preTokenGenerationV2(CognitoPreTokenGenerationV2Event)
    case customMessage(CognitoCustomMessageEvent)
    case customEmailSender(CognitoCustomEmailSenderEvent)
    case customSMSSender(CognitoCustomSMSSenderEvent)
    case defineAuthChallenge(CognitoDefineAuthChallengeEvent)
    case createAuthChallenge(CognitoCreateAuthChallengeEvent)
    case verifyAuthChallengeResponse(CognitoVerifyAuthChallengeResponseEvent)
    case inboundFederation(CognitoInboundFederationEvent)
    /// A trigger of a later day.
    case other(RawEvent)
}

extension CognitoTriggerEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case version, triggerSource
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let source = try container.decode(CognitoTriggerSource.self, forKey: .triggerSource)
        switch source.trigger {
        case "PreSignUp": self = .preSignUp(try .init(from: decoder))
        case "PostConfirmation": self = .postConfirmation(try .init(from: decoder))
        case "UserMigration": self = .userMigration(try .init(from: decoder))
        case "PreAuthentication": self = .preAuthentication(try .init(from: decoder))
        case "PostAuthentication": self = .postAuthentication(try .init(from: decoder))
        case "TokenGeneration":
            // The version is of the trigger's configuration, so that it also says which answer is read.
            if try container.decode(String.self, forKey: .version) == "1" {
                self = .preTokenGeneration(try .init(from: decoder))
            } else {
                self = .preTokenGenerationV2(try .init(from: decoder))
            }
        case "CustomMessage": self = .customMessage(try .init(from: decoder))
        case "CustomEmailSender": self = .customEmailSender(try .init(from: decoder))
        case "CustomSMSSender": self = .customSMSSender(try .init(from: decoder))
        case "DefineAuthChallenge": self = .defineAuthChallenge(try .init(from: decoder))
        case "CreateAuthChallenge": self = .createAuthChallenge(try .init(from: decoder))
        case "VerifyAuthChallengeResponse": self = .verifyAuthChallengeResponse(try .init(from: decoder))
        case "InboundFederation": self = .inboundFederation(try .init(from: decoder))
        default: self = .other(try .init(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .preSignUp(let event): try event.encode(to: encoder)
        case .postConfirmation(let event): try event.encode(to: encoder)
        case .userMigration(let event): try event.encode(to: encoder)
        case .preAuthentication(let event): try event.encode(to: encoder)
        case .postAuthentication(let event): try event.encode(to: encoder)
        case .preTokenGeneration(let event): try event.encode(to: encoder)
        case .preTokenGenerationV2(let event): try event.encode(to: encoder)
        case .customMessage(let event): try event.encode(to: encoder)
        case .customEmailSender(let event): try event.encode(to: encoder)
        case .customSMSSender(let event): try event.encode(to: encoder)
        case .defineAuthChallenge(let event): try event.encode(to: encoder)
        case .createAuthChallenge(let event): try event.encode(to: encoder)
        case .verifyAuthChallengeResponse(let event): try event.encode(to: encoder)
        case .inboundFederation(let event): try event.encode(to: encoder)
        case .other(let event): try event.encode(to: encoder)
        }
    }
}
