import LambdaEvents

/// Every kind with its samples. A sample that stands nowhere here fails a test.
let sampleKinds: [SampleKind] = gatewayKinds + batchKinds + busKinds + cognitoKinds + answerKinds + documentedKinds

/// Those whose samples are at hand.
let presentKinds: [SampleKind] = sampleKinds.filter { kind in
    SampleEvents.arePresent || kind.samples.allSatisfy { documentedEvents[$0] != nil }
}
