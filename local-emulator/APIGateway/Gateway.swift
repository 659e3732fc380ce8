package import DeploymentTemplate
package import EmulatorClock
package import FunctionPool
import Foundation
package import Journal

/// What both fronts work with.
package struct Gateway: Sendable {
    var region: String
    var accountID: String
    var invoker: any FunctionInvoker
    var clock: any EmulatorClock
    var journal: Journal
    private var functionNames: [String: String]

    package init(deployment: Deployment, invoker: any FunctionInvoker, clock: any EmulatorClock, journal: Journal) {
        region = deployment.region
        accountID = deployment.accountID
        self.invoker = invoker
        self.clock = clock
        self.journal = journal
        functionNames = Dictionary(deployment.functions.map { ($0.logicalID, $0.name) }) { first, _ in first }
    }

    /// The name under which the pool knows the function of a logical id.
    func functionName(_ logicalID: String) throws(GatewayError) -> String {
        guard let name = functionNames[logicalID] else { throw .unknownFunction(logicalID: logicalID) }
        return name
    }

    func domainName(_ apiID: String) -> String {
        "\(apiID).execute-api.\(region).amazonaws.com"
    }

    /// `arn:aws:execute-api:…` of what is invoked, as authorizers are told it and policies name it.
    func arn(_ apiID: String, stage: String, resource: String) -> String {
        "arn:aws:execute-api:\(region):\(accountID):\(apiID)/\(stage)/\(resource)"
    }
}

/// What of a template a front cannot serve.
package enum GatewayError: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownFunction(logicalID: String)
    case unknownAuthorizer(name: String, route: String)
    case unsupportedAuthorizerPayload(name: String, version: String)
    case unsupportedIdentitySource(String)
    case unsupportedRouteSelection(String)

    package var description: String {
        switch self {
        case .unknownFunction(let id): "no function \"\(id)\""
        case .unknownAuthorizer(let name, let route): "route \"\(route)\": no authorizer \"\(name)\""
        case .unsupportedAuthorizerPayload(let name, let version):
            "authorizer \"\(name)\": payload format \(version) is not supported, 2.0 is"
        case .unsupportedIdentitySource(let source): "identity source \"\(source)\" is not supported"
        case .unsupportedRouteSelection(let expression):
            "route selection expression \"\(expression)\" is not supported, $request.body.<path> is"
        }
    }
}
