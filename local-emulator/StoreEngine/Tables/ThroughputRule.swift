internal import Foundation

/// What capacity a table or an index may be given. Nothing here is throttled: the figures are kept, checked and told.
enum ThroughputRule {
    /// The largest figure that the service reads as one.
    static let largestUnits = 1_000_000_000_000
    /// What an on-demand table or index starts with ("Understanding DynamoDB warm throughput", Developer Guide).
    static let initialOnDemand = ProvisionedThroughput(readCapacityUnits: 12000, writeCapacityUnits: 4000)

    static func checkBounds(_ throughput: ProvisionedThroughput?) throws(StoreError) {
        guard let throughput else { return }
        for (name, units) in [
            ("ReadCapacityUnits", throughput.readCapacityUnits), ("WriteCapacityUnits", throughput.writeCapacityUnits),
        ] where units > largestUnits {
            throw .validation("Given value \(units) for \(name) is out of bounds")
        }
    }

    /// "A decrease is allowed up to four times any time per day", of UTC; "additionally, if there was no decrease in the past hour,
    /// an additional decrease is allowed" (Quotas, Developer Guide). The text and the times in it were measured at the service in
    /// October 2026.
    ///
    /// - Parameter change: what is noted of the table or the index.
    static func checkDecrease(
        from old: ProvisionedThroughput?, to new: ProvisionedThroughput?, _ change: ThroughputChange?, _ nowSeconds: Double
    ) throws(StoreError) {
        guard let new, let change, let last = change.decreasedSeconds, ThroughputChange.isDecrease(from: old, to: new) else {
            return
        }
        let count = change.decreases(onDayOf: nowSeconds)
        guard count >= freeDecreases, nowSeconds - last < secondsBetweenDecreases else { return }
        let midnight = ((nowSeconds / 86400).rounded(.down) + 1) * 86400
        let next = min(last + secondsBetweenDecreases, midnight)
        throw StoreError(
            code: "LimitExceededException",
            message: "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the "
                + "first \(freeDecreases) decreases, each subsequent decrease in the same UTC day can be performed at most once "
                + "every \(Int(secondsBetweenDecreases)) seconds. Number of decreases today: \(count). Last decrease at "
                + "\(shown(last)). Next decrease can be made at \(shown(next))")
    }

    private static let freeDecreases = 4
    private static let secondsBetweenDecreases = 3600.0

    /// As in `Friday, October 9, 2026 at 1:21:34 AM Coordinated Universal Time`.
    private static func shown(_ seconds: Double) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let time = calendar.dateComponents(
            [.weekday, .month, .day, .year, .hour, .minute, .second], from: Date(timeIntervalSince1970: seconds))
        let (hour, minute, second) = (time.hour ?? 0, time.minute ?? 0, time.second ?? 0)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(weekdays[(time.weekday ?? 1) - 1]), \(months[(time.month ?? 1) - 1]) \(time.day ?? 1), \(time.year ?? 1970) at "
            + "\((hour + 11) % 12 + 1):\(two(minute)):\(two(second)) \(hour < 12 ? "AM" : "PM") Coordinated Universal Time"
    }

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    static let notOnDemand = KeySchemaRule.invalid(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
    static let neededWhenProvisioned = KeySchemaRule.invalid(
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")

    /// For an index that CreateTable makes.
    static func check(_ throughput: ProvisionedThroughput?, ofIndex name: String, _ mode: BillingMode) throws(StoreError) {
        if mode == .payPerRequest, throughput != nil {
            throw KeySchemaRule.invalid(
                "ProvisionedThroughput should not be specified for index: \(name) when BillingMode is PAY_PER_REQUEST")
        }
        if mode == .provisioned, throughput == nil {
            throw KeySchemaRule.invalid("ProvisionedThroughput is not specified for index: \(name)")
        }
    }

    /// For an index that UpdateTable makes, which the service refuses in other words.
    static func check(_ throughput: ProvisionedThroughput?, ofAddedIndex name: String, _ mode: BillingMode) throws(StoreError) {
        if mode == .payPerRequest, throughput != nil {
            throw KeySchemaRule.invalid(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: \(name) when BillingMode is "
                    + "PAY_PER_REQUEST")
        }
        if mode == .provisioned, throughput == nil {
            throw KeySchemaRule.invalid("Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: \(name)")
        }
    }

    /// The texts, which are not quite the same in CreateTable and UpdateTable, were measured at the service in October 2026.
    /// -1, no limit, is for a table or an index that is there already.
    ///
    /// - Parameter name: the index's; nil for the table.
    static func check(
        _ throughput: OnDemandThroughput?, ofIndex name: String? = nil, _ mode: BillingMode, inCreateTable: Bool
    ) throws(StoreError) {
        guard let throughput else { return }
        let colon = inCreateTable ? ":" : " :"
        let index = name.map { " for index\(colon) \($0)" } ?? ""
        for (member, units) in throughput.members {
            guard let units else { continue }
            guard mode == .payPerRequest else {
                throw KeySchemaRule.invalid(
                    "\(member) for OnDemandThroughput\(index) cannot be specified when "
                        + (inCreateTable ? "table BillingMode is PROVISIONED." : "the table BillingMode is PROVISIONED"))
            }
            guard units == -1 && !inCreateTable || (1...largestUnits).contains(units) else {
                let place = name.map { "index : \($0)" } ?? "table"
                throw KeySchemaRule.invalid(
                    "Requested \(member) for OnDemandThroughput for \(place) is outside of valid range")
            }
        }
    }

    /// As the service's text names it.
    private static let initialOnDemandPage =
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html"
        + "#on-demand-capacity-mode-initial"

    /// A warm throughput is never less than what there is already.
    ///
    /// - Parameters:
    ///   - place: `table` or `index NAME`.
    ///   - provisioned: nil for on-demand capacity.
    ///   - current: what was warm before; nil when the table or the index is made.
    static func check(
        _ warm: WarmThroughput?, for place: String, provisioned: ProvisionedThroughput?, current: WarmThroughput? = nil
    ) throws(StoreError) {
        guard let warm else { return }
        let least = WarmThroughput.least(provisioned)
        for (kind, units, least, current) in [
            ("Read", warm.readUnitsPerSecond, least.readUnitsPerSecond, current?.readUnitsPerSecond),
            ("Write", warm.writeUnitsPerSecond, least.writeUnitsPerSecond, current?.writeUnitsPerSecond),
        ] {
            guard let units else { continue }
            let isLower = "Requested \(kind)UnitsPerSecond for WarmThroughput for \(place) is lower than"
            if let current, units < current {
                throw KeySchemaRule.invalid(
                    "\(isLower) current WarmThroughput, decreasing WarmThroughput is not supported")
            }
            if let least, units < least {
                throw KeySchemaRule.invalid(
                    provisioned == nil
                        ? "\(isLower) initial throughput for OnDemand. See: \(initialOnDemandPage)"
                        : "\(isLower) \(kind)CapacityUnits of ProvisionedThroughput")
            }
        }
    }
}

extension WarmThroughput {
    var isEmpty: Bool { readUnitsPerSecond == nil && writeUnitsPerSecond == nil }

    static func least(_ provisioned: ProvisionedThroughput?) -> WarmThroughput {
        let units = provisioned ?? ThroughputRule.initialOnDemand
        return WarmThroughput(
            readUnitsPerSecond: units.readCapacityUnits, writeUnitsPerSecond: units.writeCapacityUnits)
    }

    /// What is warm: as given, but no less than what the capacity starts with.
    static func effective(_ given: WarmThroughput?, _ provisioned: ProvisionedThroughput?) -> WarmThroughput {
        let least = least(provisioned)
        return WarmThroughput(
            readUnitsPerSecond: max(given?.readUnitsPerSecond ?? 0, least.readUnitsPerSecond ?? 0),
            writeUnitsPerSecond: max(given?.writeUnitsPerSecond ?? 0, least.writeUnitsPerSecond ?? 0))
    }

    /// With the members that `new` gives.
    func updated(by new: WarmThroughput) -> WarmThroughput {
        WarmThroughput(
            readUnitsPerSecond: new.readUnitsPerSecond ?? readUnitsPerSecond,
            writeUnitsPerSecond: new.writeUnitsPerSecond ?? writeUnitsPerSecond)
    }
}

extension OnDemandThroughput {
    var members: [(name: String, units: Int?)] {
        [("MaxReadRequestUnits", maxReadRequestUnits), ("MaxWriteRequestUnits", maxWriteRequestUnits)]
    }

    /// As a description tells it: without the members that are no limit, and not at all where none is one.
    var told: OnDemandThroughput? {
        let told = OnDemandThroughput(
            maxReadRequestUnits: maxReadRequestUnits.flatMap { $0 == -1 ? nil : $0 },
            maxWriteRequestUnits: maxWriteRequestUnits.flatMap { $0 == -1 ? nil : $0 })
        return told.isEmpty ? nil : told
    }

    var isEmpty: Bool { members.allSatisfy { $0.units == nil } }

    /// With the members that `new` gives.
    func updated(by new: OnDemandThroughput) -> OnDemandThroughput {
        OnDemandThroughput(
            maxReadRequestUnits: new.maxReadRequestUnits ?? maxReadRequestUnits,
            maxWriteRequestUnits: new.maxWriteRequestUnits ?? maxWriteRequestUnits)
    }
}
