package import LambdaEvents

/// An item in the form in which it is stored: its own JSON text, `{"id":{"S":"a"},…}`, with attribute names in one order.
///
/// The wire form is the stored form, so that GetItem, Query and Scan answer by copying bytes: nothing is decoded, and no
/// tree is built, unless an expression looks inside. What that costs is space (`{"S":""}` around each value), which the page
/// cache has; decoding 250 bytes into a dictionary of enums costs more than all of the look-up.
package struct ItemDocument: Sendable, Hashable {
    /// UTF-8 JSON, ready to be put into an answer.
    package let json: [UInt8]
    /// The item's size in bytes by DynamoDB's own rule, which has nothing to do with `json.count`.
    package let size: Int

    init(json: [UInt8], size: Int) {
        self.json = json
        self.size = size
    }

    /// The attributes, decoded anew at each call.
    package func attributes() throws(StoreError) -> AttributeMap {
        try AttributeJSONReader.item(json)
    }
}
