#pragma once
// What a transaction has touched beside the entities (any_table keeps those), as it was before: so that it never was.

#include "core/evidence.hpp"
#include "core/views/directory.hpp"

#include <optional>

namespace server::engine {

class undo {
public:
    /// Before a member event changes the roster.
    void keep(const core::views::directory& people) {
        if (!people_) people_ = people;
    }

    /// Before anything is found; what is found is only ever added.
    void keep(const core::evidence_ledger& evidence) {
        findings_ = evidence.findings.size();
        submitted_ = evidence.submitted;
    }

    void restore(core::views::directory& people, core::evidence_ledger& evidence) {
        if (people_) people = std::move(*people_);
        evidence.findings.resize(findings_);
        evidence.submitted = std::move(submitted_);
    }

private:
    std::optional<core::views::directory> people_;
    std::size_t findings_ = 0;
    std::vector<core::evidence_ledger::handed_in> submitted_;
};

}  // namespace server::engine
