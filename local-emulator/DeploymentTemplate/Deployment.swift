/// What a `template.yaml` describes, with every intrinsic function resolved: what the emulator runs.
///
/// Limits and defaults are those of AWS SAM and CloudFormation; each property names the field it comes from.
package struct Deployment: Sendable {
    package var region: String
    package var accountID: String
    package var functions: [Function] = []
    package var tables: [Table] = []
    package var queues: [Queue] = []
    package var secrets: [Secret] = []
    package var httpAPI: HTTPAPI?
    package var webSocketAPI: WebSocketAPI?
    package var streamSources: [StreamSource] = []
    package var queueSources: [QueueSource] = []
    package var schedules: [Schedule] = []
    package var outputs: [String: String] = [:]

    package init(region: String, accountID: String) {
        self.region = region
        self.accountID = accountID
    }

    /// `AWS::Serverless::Function`.
    package struct Function: Sendable {
        package var logicalID: String
        /// `FunctionName`, or the logical id where the template gives none.
        package var name: String
        /// `Handler`: the product to run, as `websocket-connect`.
        package var handler: String
        package var arn: String
        package var memoryMegabytes: Int
        package var timeoutSeconds: Int
        package var environment: [String: String]
        /// `ReservedConcurrentExecutions`.
        package var reservedConcurrency: Int?
        /// `Policies`.
        package var permissions: Permissions

        package enum Permissions: Sendable, Equatable {
            case statements([Statement])
            /// Why what the template says is not evaluated.
            case notEvaluated(String)
        }

        /// One statement of a policy document.
        package struct Statement: Sendable, Equatable {
            /// `Sid`; empty where there is none.
            package var id: String
            /// `Effect`.
            package var allows: Bool
            package var actions: [String]
            package var resources: [String]
        }

        package init(
            logicalID: String, name: String, handler: String, arn: String, memoryMegabytes: Int = 128, timeoutSeconds: Int = 3,
            environment: [String: String] = [:], reservedConcurrency: Int? = nil,
            permissions: Permissions = .notEvaluated("no template says what it may do")
        ) {
            self.logicalID = logicalID
            self.name = name
            self.handler = handler
            self.arn = arn
            self.memoryMegabytes = memoryMegabytes
            self.timeoutSeconds = timeoutSeconds
            self.environment = environment
            self.reservedConcurrency = reservedConcurrency
            self.permissions = permissions
        }
    }

    /// `AWS::DynamoDB::Table`, as the JSON body of the CreateTable call that makes it (and UpdateTimeToLive's attribute).
    package struct Table: Sendable {
        package var logicalID: String
        package var name: String
        package var createTableRequest: String
        package var timeToLiveAttribute: String?
        package var streamEnabled: Bool
        package var upkeep: Upkeep

        /// What calls of their own set, and CreateTable does not. What is nil or missing is off.
        package struct Upkeep: Sendable, Equatable {
            package struct PointInTimeRecovery: Sendable, Equatable {
                /// From 1 to 35; nil is the service's default.
                package var periodDays: Int?

                package init(periodDays: Int? = nil) { self.periodDays = periodDays }
            }

            package struct ContributorInsights: Sendable, Equatable {
                /// As the API has it; nil is the service's default.
                package var mode: String?

                package init(mode: String? = nil) { self.mode = mode }
            }

            package var pointInTimeRecovery: PointInTimeRecovery?
            /// By the index's name; the table's own under "".
            package var contributorInsights: [String: ContributorInsights] = [:]
            /// A policy's JSON.
            package var resourcePolicy: String?

            package init(pointInTimeRecovery: PointInTimeRecovery? = nil, resourcePolicy: String? = nil) {
                self.pointInTimeRecovery = pointInTimeRecovery
                self.resourcePolicy = resourcePolicy
            }
        }

        package init(
            logicalID: String, name: String, createTableRequest: String, timeToLiveAttribute: String? = nil,
            streamEnabled: Bool = false, upkeep: Upkeep = Upkeep()
        ) {
            self.logicalID = logicalID
            self.name = name
            self.createTableRequest = createTableRequest
            self.timeToLiveAttribute = timeToLiveAttribute
            self.streamEnabled = streamEnabled
            self.upkeep = upkeep
        }
    }

    /// `AWS::SQS::Queue` (standard queues).
    package struct Queue: Sendable {
        package var logicalID: String
        package var name: String
        package var arn: String
        package var visibilityTimeoutSeconds: Int
        package var delaySeconds: Int
        package var messageRetentionSeconds: Int
        package var receiveWaitTimeSeconds: Int
        package var maximumMessageSizeBytes: Int
        package var redrive: Redrive?

        package init(
            logicalID: String, name: String, arn: String, visibilityTimeoutSeconds: Int = 30, delaySeconds: Int = 0,
            messageRetentionSeconds: Int = 345_600, receiveWaitTimeSeconds: Int = 0, maximumMessageSizeBytes: Int = 1_048_576,
            redrive: Redrive? = nil
        ) {
            self.logicalID = logicalID
            self.name = name
            self.arn = arn
            self.visibilityTimeoutSeconds = visibilityTimeoutSeconds
            self.delaySeconds = delaySeconds
            self.messageRetentionSeconds = messageRetentionSeconds
            self.receiveWaitTimeSeconds = receiveWaitTimeSeconds
            self.maximumMessageSizeBytes = maximumMessageSizeBytes
            self.redrive = redrive
        }
    }

    /// `RedrivePolicy`.
    package struct Redrive: Sendable {
        package var deadLetterQueueName: String
        package var maxReceiveCount: Int

        package init(deadLetterQueueName: String, maxReceiveCount: Int) {
            self.deadLetterQueueName = deadLetterQueueName
            self.maxReceiveCount = maxReceiveCount
        }
    }

    /// `AWS::SecretsManager::Secret`.
    package struct Secret: Sendable {
        package var logicalID: String
        package var name: String
        /// What `Ref` answers, with the letters that Secrets Manager adds to the name.
        package var arn: String
        package var value: Value

        package enum Value: Sendable {
            /// `SecretString`.
            case text(String)
            /// `GenerateSecretString`: made once, at the first start, and kept.
            case generated(Generation)
        }

        package struct Generation: Sendable {
            package var length: Int
            package var excludeCharacters: String
            package var excludePunctuation: Bool
            package var excludeLowercase = false
            package var excludeUppercase = false
            package var excludeNumbers = false
            package var includeSpace = false
            /// At least one character of each kind that is not excluded; true unless the template says otherwise.
            package var requireEachIncludedType = true
            /// `SecretStringTemplate`, a JSON object that gets the secret under `GenerateStringKey`.
            package var template: String?
            package var key: String?

            package init(
                length: Int = 32, excludeCharacters: String = "", excludePunctuation: Bool = false, template: String? = nil,
                key: String? = nil
            ) {
                self.length = length
                self.excludeCharacters = excludeCharacters
                self.excludePunctuation = excludePunctuation
                self.template = template
                self.key = key
            }
        }

        package init(logicalID: String, name: String, arn: String, value: Value) {
            self.logicalID = logicalID
            self.name = name
            self.arn = arn
            self.value = value
        }
    }

    /// `AWS::Serverless::HttpApi` with the `HttpApi` events of the functions.
    package struct HTTPAPI: Sendable {
        package var id: String
        package var stage: String
        package var routes: [HTTPRoute]
        package var authorizers: [String: Authorizer]
        package var cors: CORS?

        package init(
            id: String, stage: String = "$default", routes: [HTTPRoute] = [], authorizers: [String: Authorizer] = [:],
            cors: CORS? = nil
        ) {
            self.id = id
            self.stage = stage
            self.routes = routes
            self.authorizers = authorizers
            self.cors = cors
        }
    }

    package struct HTTPRoute: Sendable {
        /// `GET`, …, or `ANY`.
        package var method: String
        /// `/api/users/{id}`, `/api/{proxy+}`, or `$default`.
        package var path: String
        package var functionLogicalID: String
        /// The name of an authorizer; nil where the route is open.
        package var authorizer: String?
        package var timeoutMilliseconds: Int

        package init(
            method: String, path: String, functionLogicalID: String, authorizer: String? = nil, timeoutMilliseconds: Int = 30_000
        ) {
            self.method = method
            self.path = path
            self.functionLogicalID = functionLogicalID
            self.authorizer = authorizer
            self.timeoutMilliseconds = timeoutMilliseconds
        }

        /// The route key as events carry it: `GET /api/users/{id}` or `$default`.
        package var key: String { path == "$default" ? path : "\(method) \(path)" }
    }

    /// A Lambda authorizer of either API (type REQUEST).
    package struct Authorizer: Sendable {
        package var functionLogicalID: String
        /// `$request.header.Authorization`, `route.request.querystring.token`, …; all must be present.
        package var identitySources: [String]
        /// `ReauthorizeEvery`; 0 turns the cache off. WebSocket authorizers are not cached.
        package var cacheSeconds: Int
        /// `EnableSimpleResponses` of an HTTP API.
        package var simpleResponses: Bool
        /// `AuthorizerPayloadFormatVersion` of an HTTP API: `1.0` or `2.0`.
        package var payloadFormatVersion: String

        package init(
            functionLogicalID: String, identitySources: [String], cacheSeconds: Int = 0, simpleResponses: Bool = false,
            payloadFormatVersion: String = "2.0"
        ) {
            self.functionLogicalID = functionLogicalID
            self.identitySources = identitySources
            self.cacheSeconds = cacheSeconds
            self.simpleResponses = simpleResponses
            self.payloadFormatVersion = payloadFormatVersion
        }
    }

    /// `CorsConfiguration` of an HTTP API.
    package struct CORS: Sendable {
        package var allowOrigins: [String]
        package var allowMethods: [String]
        package var allowHeaders: [String]
        package var exposeHeaders: [String]
        package var allowCredentials: Bool
        package var maxAgeSeconds: Int?

        package init(
            allowOrigins: [String] = [], allowMethods: [String] = [], allowHeaders: [String] = [], exposeHeaders: [String] = [],
            allowCredentials: Bool = false, maxAgeSeconds: Int? = nil
        ) {
            self.allowOrigins = allowOrigins
            self.allowMethods = allowMethods
            self.allowHeaders = allowHeaders
            self.exposeHeaders = exposeHeaders
            self.allowCredentials = allowCredentials
            self.maxAgeSeconds = maxAgeSeconds
        }
    }

    /// `AWS::Serverless::WebSocketApi`.
    package struct WebSocketAPI: Sendable {
        package var id: String
        package var stage: String
        /// `RouteSelectionExpression`, as `$request.body.event`.
        package var routeSelectionExpression: String
        /// Route key (`$connect`, `$disconnect`, `$default`, `send_message`) to function.
        package var routes: [String: WebSocketRoute]
        package var authorizer: Authorizer?

        package init(
            id: String, stage: String, routeSelectionExpression: String, routes: [String: WebSocketRoute] = [:],
            authorizer: Authorizer? = nil
        ) {
            self.id = id
            self.stage = stage
            self.routeSelectionExpression = routeSelectionExpression
            self.routes = routes
            self.authorizer = authorizer
        }
    }

    package struct WebSocketRoute: Sendable {
        package var functionLogicalID: String
        package var timeoutMilliseconds: Int

        package init(functionLogicalID: String, timeoutMilliseconds: Int = 29_000) {
            self.functionLogicalID = functionLogicalID
            self.timeoutMilliseconds = timeoutMilliseconds
        }
    }

    /// A `DynamoDB` event of a function.
    package struct StreamSource: Sendable {
        package var id: String
        package var functionLogicalID: String
        package var tableName: String
        package var startingPosition: StartingPosition
        package var batchSize: Int
        package var maximumBatchingWindowSeconds: Int
        /// -1 means until the record expires.
        package var maximumRetryAttempts: Int
        package var bisectBatchOnFunctionError: Bool
        /// `FunctionResponseTypes: [ReportBatchItemFailures]`.
        package var reportsBatchItemFailures: Bool
        /// `DestinationConfig.OnFailure`, an SQS queue's name.
        package var onFailureQueueName: String?

        package enum StartingPosition: String, Sendable {
            case latest = "LATEST"
            case trimHorizon = "TRIM_HORIZON"
        }

        package init(
            id: String, functionLogicalID: String, tableName: String, startingPosition: StartingPosition, batchSize: Int = 100,
            maximumBatchingWindowSeconds: Int = 0, maximumRetryAttempts: Int = -1, bisectBatchOnFunctionError: Bool = false,
            reportsBatchItemFailures: Bool = false, onFailureQueueName: String? = nil
        ) {
            self.id = id
            self.functionLogicalID = functionLogicalID
            self.tableName = tableName
            self.startingPosition = startingPosition
            self.batchSize = batchSize
            self.maximumBatchingWindowSeconds = maximumBatchingWindowSeconds
            self.maximumRetryAttempts = maximumRetryAttempts
            self.bisectBatchOnFunctionError = bisectBatchOnFunctionError
            self.reportsBatchItemFailures = reportsBatchItemFailures
            self.onFailureQueueName = onFailureQueueName
        }
    }

    /// An `SQS` event of a function.
    package struct QueueSource: Sendable {
        package var id: String
        package var functionLogicalID: String
        package var queueName: String
        package var batchSize: Int
        package var maximumBatchingWindowSeconds: Int
        package var reportsBatchItemFailures: Bool
        /// `ScalingConfig.MaximumConcurrency`.
        package var maximumConcurrency: Int?

        package init(
            id: String, functionLogicalID: String, queueName: String, batchSize: Int = 10, maximumBatchingWindowSeconds: Int = 0,
            reportsBatchItemFailures: Bool = false, maximumConcurrency: Int? = nil
        ) {
            self.id = id
            self.functionLogicalID = functionLogicalID
            self.queueName = queueName
            self.batchSize = batchSize
            self.maximumBatchingWindowSeconds = maximumBatchingWindowSeconds
            self.reportsBatchItemFailures = reportsBatchItemFailures
            self.maximumConcurrency = maximumConcurrency
        }
    }

    /// A `Schedule` event of a function.
    package struct Schedule: Sendable {
        package var id: String
        /// The rule's name, as its ARN in the event carries it.
        package var name: String
        package var functionLogicalID: String
        /// `rate(1 minute)` or `cron(0 12 * * ? *)`, checked.
        package var expression: String
        /// `Input`: a JSON text that replaces the event.
        package var input: String?
        package var enabled: Bool

        package init(
            id: String, name: String, functionLogicalID: String, expression: String, input: String? = nil, enabled: Bool = true
        ) {
            self.id = id
            self.name = name
            self.functionLogicalID = functionLogicalID
            self.expression = expression
            self.input = input
            self.enabled = enabled
        }
    }
}
