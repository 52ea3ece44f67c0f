#pragma once
// SHA-256 of a form's JSON, as it stands in its event.

#include "core/kernel/fingerprints.hpp"

namespace server::engine {

class sha256_fingerprints final : public core::fingerprints {
public:
    std::string of(const events::project::charter& c) const override;
    std::string of(const events::incentive::proposal& p) const override;
    std::string of(const events::strategy::form& f) const override;
    std::string of(const events::collection::form& f) const override;
    std::string of(const events::metric::form& f) const override;
    std::string of(const events::metric::amended& a) const override;
    std::string of(const events::definitions::amendment& a) const override;
    std::string of(const events::report::content& c) const override;
};

}  // namespace server::engine
