package import Platform

/// All blueprints of this build.
package enum BlueprintCatalogue {
    package static let all: [Blueprint] = [Classmates.blueprint]
}
