import AWSClients
import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Testing

// The examples of docs/toolkit.md, line by line, so that they compile; `DocumentTests` compares.

struct Order: Codable, Sendable {
    var id: String
    var orderID: String { id }
    var amount: Double
    var customer: String
}

struct Receipt: Codable, Sendable {
    var number: Int
}

struct Limit: Decodable, Sendable {
    var perDay: Int
}

protocol Orders: Sendable {
    func load(_ id: String) async throws -> Order
}

struct PaymentHandler: LambdaHandler {
    func handle(_ order: Order, context: LambdaContext) async throws -> Receipt { Receipt(number: 1) }
}

struct IdempotencyExample {
    let idempotency: Idempotency

    init(dynamoDB: DynamoDBClient, environment: LambdaEnvironment) {
        let idempotency = Idempotency(
            table: IdempotencyTable("idempotency", client: dynamoDB), environment: environment, handler: "pay")
        self.idempotency = idempotency
    }

    func charge(_ order: Order) async throws -> Receipt { Receipt(number: 1) }

    func handle(_ order: Order, context: LambdaContext) async throws -> Receipt {
        try await idempotency.run(key: order.id, validating: order.amount, context: context) {
            try await charge(order)
        }
    }

    func main() async {
        let idempotency = idempotency
        await LambdaRuntime.run { environment in
            IdempotentHandler(PaymentHandler(), idempotency, key: \.orderID, validating: { $0.amount })
        }
    }
}

struct MetricsExample {
    func run(_ context: LambdaContext) async throws {
        let metrics = try Metrics(namespace: "Shop", service: "payment")

        await metrics.record(context) { metrics in
            metrics.add("Orders", 1)
            metrics.add("Latency", 12.5, unit: .milliseconds, resolution: .high)
            metrics.addDimension("environment", "prod")
            metrics.addMetadata("orderID", "o-1")
        }
    }
}

struct TraceExample {
    func price(_ order: Order) async throws -> Double { order.amount }

    func run(_ context: LambdaContext, _ orders: any Orders, _ id: String) async throws -> Double {
        let tracer = Tracer()

        return try await tracer.trace(context) {
            let order = try await orders.load(id)
            return try await Tracer.capture("price") { subsegment in
                subsegment.annotate("customer", .string(order.customer))
                return try await price(order)
            }
        }
    }
}

struct ParametersExample {
    func run(_ transport: any AWSTransport) async throws -> (Limit, [String: String], String) {
        let parameters = Parameters(client: SSMClient(transport: transport))
        let limit = try await parameters.json(Limit.self, "/shop/limit")
        let settings = try await parameters.texts(under: "/shop/prod", recursive: true)

        let secrets = Secrets(
            client: SecretsManagerClient(transport: transport), cache: CachePolicy(maximumAge: .seconds(60)))
        let password = try await secrets.text("db")
        return (limit, settings, password)
    }
}

struct FeatureFlagsExample {
    func run(_ configuration: AppConfiguration, _ log: LambdaLog, tier: String) async throws -> JSONValue? {
        let flags = FeatureFlags(
            store: AppConfigFeatures(configuration, envelope: "shop.features"),
            onStoreFailure: { error in log.error("feature flags", ["reason": "\(error)"]) })

        let isPremium = try await flags.isEnabled("premium", context: ["tier": .string(tier)], default: false)
        let campaign = try await flags.value("ten", context: ["user": "u"], default: "none")
        return isPremium ? campaign : nil
    }
}

struct MaskingExample {
    func run(_ order: JSONValue, _ card: JSONValue, key: Data) throws -> [JSONValue] {
        let masked = try DataMasking().erase(order, fields: ["customer.email", "items[*].serial", "..phone"])
        let shown = try DataMasking().erase(card, fields: ["number"], mask: .keepingLast(4))

        let cipher = try FieldCipher(key: key, context: ["tenant": "a"])
        let hidden = try DataMasking().encrypt(order, fields: ["customer"], cipher: cipher)
        return [masked, shown, hidden]
    }
}
