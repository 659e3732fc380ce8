import LambdaEvents

/// Every kind with its samples. A sample that stands nowhere here fails a test.
let sampleKinds: [SampleKind] = gatewayKinds + batchKinds + busKinds + cognitoKinds + answerKinds
