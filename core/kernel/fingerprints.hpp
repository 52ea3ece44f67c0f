#pragma once
// What was approved is what happens: an approval names the hash of what it releases.

#include "events/catalog/collection.hpp"
#include "events/catalog/definitions.hpp"
#include "events/catalog/incentive.hpp"
#include "events/catalog/metric.hpp"
#include "events/catalog/project.hpp"
#include "events/catalog/project_forms.hpp"
#include "events/catalog/report_forms.hpp"
#include "events/catalog/strategy.hpp"

#include <string>

namespace core {

class fingerprints {
public:
    virtual ~fingerprints() = default;
    /// SHA-256, 64 lower-case hex digits, of the JSON that the value has in its event.
    virtual std::string of(const events::project::charter& c) const = 0;
    /// Its personal texts as they read in the clear.
    virtual std::string of(const events::incentive::proposal& p) const = 0;
    virtual std::string of(const events::strategy::form& f) const = 0;
    virtual std::string of(const events::collection::form& f) const = 0;
    virtual std::string of(const events::metric::form& f) const = 0;
    /// With the hash itself left empty, and without who proposed it.
    virtual std::string of(const events::metric::amended& a) const = 0;
    virtual std::string of(const events::definitions::amendment& a) const = 0;
    /// Words and figures.
    virtual std::string of(const events::report::content& c) const = 0;
};

}  // namespace core
