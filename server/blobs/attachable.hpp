#pragma once
// What a member may attach to a form: files that they sent, and files that they read where they are attached already. Of any
// other a rule that asks is told that it is not there.

#include "core/kernel/files.hpp"
#include "server/blobs/store.hpp"
#include "server/wire/attachments.hpp"

namespace server::blobs {

class attachable final : public core::files {
public:
    /// The engine that asks is older than what reads: see read_from().
    explicit attachable(const store& kept) : kept_(kept) {}

    /// Before the engine starts. Both have to outlive it.
    void read_from(const wire::documents& read) { read_ = &read; }

    bool has(const events::attachment& a, events::member_id who) const override {
        const bool theirs = who == events::the_system || kept_.is_from(who, a.sha256) || (read_ && wire::may_read_file(*read_, who, a.sha256));
        return theirs && kept_.has(a);
    }

private:
    const store& kept_;
    const wire::documents* read_ = nullptr;
};

}  // namespace server::blobs
