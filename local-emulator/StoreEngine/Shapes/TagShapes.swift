package struct TagResourceInput: Sendable {
    package var resourceARN: String
    package var tags: [Tag]

    package init(resourceARN: String, tags: [Tag]) {
        self.resourceARN = resourceARN
        self.tags = tags
    }
}

package struct UntagResourceInput: Sendable {
    package var resourceARN: String
    package var tagKeys: [String]

    package init(resourceARN: String, tagKeys: [String]) {
        self.resourceARN = resourceARN
        self.tagKeys = tagKeys
    }
}

package struct ListTagsOfResourceInput: Sendable {
    package var resourceARN: String
    package var nextToken: String?

    package init(resourceARN: String, nextToken: String? = nil) {
        self.resourceARN = resourceARN
        self.nextToken = nextToken
    }
}

package struct ListTagsOfResourceOutput: Sendable {
    package var tags: [Tag]
}
