import Foundation
import Testing

@Suite("Backups and settings over the wire")
struct ControlPlaneTests {
    private func members(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    @Test("a backup's details, summary and description have the service's members")
    func backup() async throws {
        let fixture = try await EndpointFixture.withTable(stream: true)
        _ = await fixture.send("PutItem", #"{"TableName":"tab","Item":{"pk":{"S":"a"}}}"#)
        let created = try members(await fixture.send("CreateBackup", #"{"TableName":"tab","BackupName":"one"}"#))
        let details = try #require(created["BackupDetails"] as? [String: Any])
        let arn = try #require(details["BackupArn"] as? String)
        #expect(arn.wholeMatch(of: /arn:aws:dynamodb:us-east-1:000000000000:table\/tab\/backup\/[0-9]{14}-[0-9a-f]{8}/) != nil)
        #expect(details["BackupStatus"] as? String == "CREATING" && details["BackupSizeBytes"] as? Int == 3)
        let described = try members(await fixture.send("DescribeBackup", #"{"BackupArn":"\#(arn)"}"#))
        let description = try #require(described["BackupDescription"] as? [String: [String: Any]])
        let source = try #require(description["SourceTableDetails"])
        #expect(source["ItemCount"] as? Int == 1 && source["BillingMode"] as? String == "PAY_PER_REQUEST")
        // A required member, though on-demand capacity has none.
        #expect(
            source["ProvisionedThroughput"] as? [String: Int] == ["ReadCapacityUnits": 0, "WriteCapacityUnits": 0])
        let stream = description["SourceTableFeatureDetails"]?["StreamDescription"] as? [String: Any]
        #expect(stream?["StreamViewType"] as? String == "NEW_AND_OLD_IMAGES")
        let listed = try members(await fixture.send("ListBackups", "{}"))
        let summary = try #require((listed["BackupSummaries"] as? [[String: Any]])?.first)
        #expect(summary["TableName"] as? String == "tab" && summary["BackupArn"] as? String == arn)
        let none = try members(await fixture.send("ListBackups", #"{"BackupType":"AWS_BACKUP"}"#))
        #expect((none["BackupSummaries"] as? [Any])?.isEmpty == true)
    }

    @Test("what breaks the model's constraints is told all at once")
    func constraints() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send("CreateBackup", #"{"TableName":"tab","BackupName":"a!"}"#)
                == EndpointFixture.validation(
                    "2 validation errors detected: Value 'a!' at 'backupName' failed to satisfy constraint: Member must satisfy "
                        + "regular expression pattern: [a-zA-Z0-9_.-]+; Value 'a!' at 'backupName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3"))
        #expect(
            await fixture.send("UpdateContinuousBackups", #"{"TableName":"tab"}"#)
                == EndpointFixture.validation(
                    "1 validation error detected: Value null at 'pointInTimeRecoverySpecification' failed to satisfy constraint: "
                        + "Member must not be null"))
        #expect(
            await fixture.send(
                "UpdateContinuousBackups",
                #"{"TableName":"tab","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":36}}"#
            )
                == EndpointFixture.validation(
                    "1 validation error detected: Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to "
                        + "satisfy constraint: Member must have value less than or equal to 35"))
        #expect(
            await fixture.send(
                "RestoreTableToPointInTime", #"{"TargetTableName":"new","SourceTableName":"tab","RestoreDateTime":"1"}"#
            )
            .contains("STRING_VALUE can not be converted to milliseconds since epoch"))
        #expect(
            await fixture.send("DescribeBackup", #"{"BackupArn":"short"}"#)
                == EndpointFixture.validation(
                    "1 validation error detected: Value 'short' at 'backupArn' failed to satisfy constraint: Member must have "
                        + "length greater than or equal to 37"))
    }

    @Test("continuous backups are enabled on every table, point-in-time recovery is not")
    func continuousBackups() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send("DescribeContinuousBackups", #"{"TableName":"tab"}"#)
                == #"{"ContinuousBackupsDescription":{"ContinuousBackupsStatus":"ENABLED","PointInTimeRecoveryDescription":{"PointInTimeRecoveryStatus":"DISABLED"}}}"#
        )
    }

    @Test("an export is checked before it is refused")
    func export() async throws {
        let fixture = try await EndpointFixture.withTable()
        let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/tab"
        func export(_ more: String = "") async -> String {
            await fixture.send("ExportTableToPointInTime", #"{"TableArn":"\#(arn)","S3Bucket":"bucket"\#(more)}"#)
        }
        #expect(await export(#","ExportFormat":"CSV""#).contains("exportFormat"))
        #expect(await export(#","ExportTime":-1"#).contains("InvalidExportTimeException"))
        #expect(await export().contains("PointInTimeRecoveryUnavailableException"))
        _ = await fixture.send(
            "UpdateContinuousBackups",
            #"{"TableName":"tab","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}}"#)
        #expect(await export().contains("The operation ExportTableToPointInTime is not supported by this endpoint"))
        #expect(
            await fixture.send("ExportTableToPointInTime", #"{"TableArn":"\#(arn)-none","S3Bucket":"bucket"}"#)
                .contains(#"TableNotFoundException","message":"Table not found: \#(arn)-none""#))
    }

    @Test("a table has no replicas, and its own region is none")
    func replicas() async throws {
        let fixture = try await EndpointFixture.withTable()
        func create(_ region: String) async -> String {
            await fixture.send(
                "UpdateTable", #"{"TableName":"tab","ReplicaUpdates":[{"Create":{"RegionName":"\#(region)"}}]}"#)
        }
        #expect(await create("us-east-1").contains("through ReplicaUpdates"))
        #expect(
            await create("eu-west-1")
                == EndpointFixture.validation("The parameter ReplicaUpdates is not supported by this endpoint"))
    }

    @Test("global tables of 2017 are closed, as the service has closed them")
    func globalTables() async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(await fixture.send("ListGlobalTables", "{}") == #"{"GlobalTables":[]}"#)
        #expect(
            await fixture.send("DescribeGlobalTable", #"{"GlobalTableName":"tab"}"#)
                == #"{"__type":"com.amazonaws.dynamodb.v20120810#GlobalTableNotFoundException","message":"Global table with name 'tab' does not exist."}"#
        )
        #expect(
            await fixture.send("CreateGlobalTable", #"{"GlobalTableName":"tab","ReplicationGroup":[]}"#).contains("2017.11.29"))
    }

    private static func notFound(_ code: String, _ message: String) -> String {
        #"{"__type":"com.amazonaws.dynamodb.v20120810#\#(code)","message":"\#(message)"}"#
    }

    @Test("there are no exports and no imports, and their parameters are checked", arguments: ["Export", "Import"])
    func transfers(kind: String) async throws {
        let fixture = try await EndpointFixture.withTable()
        let place = "arn:aws:dynamodb:us-east-1:000000000000:table/tab/"
        let (list, size) = kind == "Export" ? ("ExportSummaries", "MaxResults") : ("ImportSummaryList", "PageSize")
        #expect(await fixture.send("List\(kind)s", "{}") == #"{"\#(list)":[]}"#)
        #expect(
            await fixture.send("List\(kind)s", #"{"\#(size)":26}"#)
                == EndpointFixture.validation(
                    "1 validation error detected: Value '26' at '\(size.prefix(1).lowercased() + size.dropFirst())' failed to "
                        + "satisfy constraint: Member must have value less than or equal to 25"))
        let token = String(repeating: "a", count: 112)
        #expect(
            await fixture.send("List\(kind)s", #"{"NextToken":"\#(token)"}"#)
                == EndpointFixture.validation("Invalid Request: Provided nextToken is invalid: \(token)"))
        func describe(_ arn: String) async -> String {
            await fixture.send("Describe\(kind)", #"{"\#(kind)Arn":"\#(arn)"}"#)
        }
        let good = place + kind.lowercased() + "/01658528578619-c4d4e311"
        #expect(
            await describe(good) == Self.notFound("\(kind)NotFoundException", "\(kind) not found: \(kind) not found: \(good)"))
        #expect(
            await describe(good.replacing("us-east-1", with: "us-east-2"))
                == Self.notFound("\(kind)NotFoundException", "\(kind) not found: Invalid \(kind.lowercased()) arn"))
        #expect(await describe(good.replacing("000000000000", with: "000000000001")).contains("AccessDeniedException"))
        for wrong in [place, place + "other/01658528578619-c4d4e311", good.replacing("tab/", with: "x/")] {
            #expect(await describe(wrong) == EndpointFixture.validation("Invalid \(kind) ARN"))
        }
    }

    @Test("a table has no Kinesis destination, and none can be enabled")
    func kinesis() async throws {
        let fixture = try await EndpointFixture.withTable()
        let stream = "arn:aws:kinesis:us-east-1:000000000000:stream/one"
        func send(_ operation: String, _ more: String = "", table: String = "tab") async -> String {
            await fixture.send(
                "\(operation)KinesisStreamingDestination", #"{"TableName":"\#(table)","StreamArn":"\#(stream)"\#(more)}"#)
        }
        #expect(
            await fixture.send("DescribeKinesisStreamingDestination", #"{"TableName":"tab"}"#)
                == #"{"KinesisDataStreamDestinations":[],"TableName":"tab"}"#)
        let state = "Table is not in a valid state to enable Kinesis Streaming Destination: "
        #expect(
            await send("Disable")
                == EndpointFixture.validation(
                    state + "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation."))
        let micro = #"{"ApproximateCreationDateTimePrecision":"MICROSECOND"}"#
        #expect(
            await send("Disable", #","EnableKinesisStreamingConfiguration":\#(micro)"#)
                == EndpointFixture.validation("Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters"))
        #expect(await send("Update").contains("UpdateKinesisStreamingConfiguration cannot be null"))
        #expect(
            await send("Update", #","UpdateKinesisStreamingConfiguration":\#(micro)"#)
                == EndpointFixture.validation(
                    state + "No streaming destination with streamArn: \(stream) found for table with tableName: tab"))
        #expect(
            await send("Enable").contains("The operation EnableKinesisStreamingDestination is not supported by this endpoint"))
        for operation in ["Enable", "Disable"] {
            #expect(
                await send(operation, table: "other")
                    == Self.notFound("ResourceNotFoundException", "Requested resource not found: Table: other not found"))
        }
    }

    @Test("the auto scaling of replicas knows no table without replicas", arguments: ["Describe", "Update"])
    func autoScaling(verb: String) async throws {
        let fixture = try await EndpointFixture.withTable()
        #expect(
            await fixture.send("\(verb)TableReplicaAutoScaling", #"{"TableName":"tab"}"#)
                == Self.notFound("ResourceNotFoundException", "Global table with name: 'tab' does not exist."))
        #expect(
            await fixture.send("\(verb)TableReplicaAutoScaling", #"{"TableName":"other"}"#)
                == Self.notFound("ResourceNotFoundException", "Requested resource not found: Table: other not found"))
    }
}
