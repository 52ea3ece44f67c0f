#include "events/log/memory_log.hpp"

#include "events/log/blob_name.hpp"

#include <algorithm>
#include <mutex>
#include <stdexcept>

namespace events {

boost::system::result<position, append_refusal> memory_log::append(std::span<const entry> batch, std::span<const idle_command> idle) {
    // Only this thread writes the versions, so it may read them without the lock.
    if (auto refused = expectations_.check(batch, head_.get(), versions_)) return *refused;
    remember(idle);
    if (batch.empty()) return head_.get();
    take_in(batch);
    head_.set(batch.back().envelope.position);
    std::vector<proof::hash> leaves;
    leaves.reserve(batch.size());
    for (const auto& e : batch) leaves.push_back(proof::leaf_hash(e.bytes));
    tree_.append(leaves);
    tree_.settled();
    indexed_.set(batch.back().envelope.position);
    return head_.get();
}

void memory_log::take_in(std::span<const entry> batch) {
    const std::unique_lock lock(guard_);
    command_groups groups;
    outcome* command = nullptr;
    for (const auto& [about, bytes] : batch) {
        events_.emplace_back(bytes);
        streams_[about.stream].push_back(about.position);
        if (groups.begins(about)) {
            command = nullptr;
            if (command_groups::is_command(about)) {
                command = &commands_[{about.actor, about.causation}];
                *command = {about.position, 0, about.digest};
            }
        }
        if (command) ++command->count;
    }
    for (const auto& [stream, v] : expectations_.moved()) versions_.set(stream, v);
}

void memory_log::remember(std::span<const idle_command> idle) {
    const std::unique_lock lock(guard_);
    for (const auto& one : idle) {
        commands_[one.key] = {one.rests_on, 0, one.digest};
        idle_.push_back(one.key);
    }
    for (; idle_.size() > idle_max_; idle_.pop_front()) commands_.erase(idle_.front());
}

version memory_log::version_of(stream_id stream) const {
    if (!is_category(static_cast<std::uint64_t>(stream.kind))) return {};
    const std::shared_lock lock(guard_);
    return versions_.of(stream);
}

std::uint64_t memory_log::highest(category kind) const {
    if (!is_category(static_cast<std::uint64_t>(kind))) return 0;
    const std::shared_lock lock(guard_);
    return versions_.highest(kind);
}

std::optional<outcome> memory_log::find_command(const command_key& key) const {
    const std::shared_lock lock(guard_);
    const auto found = commands_.find(key);
    if (found == commands_.end()) return std::nullopt;
    return found->second;
}

std::string_view memory_log::bytes_at(position p) const {
    const std::shared_lock lock(guard_);
    return events_[p.value - 1];
}

void memory_log::read_all(position from, direction way, const visitor& visit) const {
    const auto last = head_.get();
    if (way == direction::forwards) {
        for (auto p = std::max(from, position{1}); p <= last; p = next(p))
            if (!visit(p, bytes_at(p))) return;
    } else {
        for (auto p = std::min(from, last); p.value > 0; --p.value)
            if (!visit(p, bytes_at(p))) return;
    }
}

void memory_log::read_stream(stream_id stream, version from, direction way, const visitor& visit) const {
    std::vector<position> positions;
    {
        const std::shared_lock lock(guard_);
        const auto found = streams_.find(stream);
        if (found == streams_.end()) return;
        const auto& all = found->second;
        const auto size = static_cast<std::ptrdiff_t>(all.size());
        const auto at = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(from.value, all.size() + 1));
        if (way == direction::forwards)
            positions.assign(all.begin() + std::max<std::ptrdiff_t>(at - 1, 0), all.end());
        else
            positions.assign(all.rend() - std::min(at, size), all.rend());
    }
    for (const auto p : positions)
        if (!visit(p, bytes_at(p))) return;
}

bool memory_log::read_one(position p, const visitor& visit) const {
    if (p.value == 0 || p > head_.get()) return false;
    visit(p, bytes_at(p));
    return true;
}

std::vector<proof::hash> memory_log::inclusion(position p, std::uint64_t size) const {
    if (p.value == 0) throw std::out_of_range("positions count from 1");
    return tree_.inclusion(p.value - 1, size);
}

std::vector<proof::hash> memory_log::consistency(std::uint64_t old_size, std::uint64_t new_size) const {
    return tree_.consistency(old_size, new_size);
}

void memory_log::keep(std::string_view name, std::string_view blob) {
    check_blob_name(name);
    const std::unique_lock lock(guard_);
    kept_.insert_or_assign(std::string(name), std::string(blob));
}

std::optional<std::string> memory_log::kept(std::string_view name) const {
    const std::shared_lock lock(guard_);
    const auto found = kept_.find(name);
    if (found == kept_.end()) return std::nullopt;
    return found->second;
}

std::vector<std::string> memory_log::kept_names(std::string_view prefix) const {
    const std::shared_lock lock(guard_);
    std::vector<std::string> names;
    for (auto at = kept_.lower_bound(prefix); at != kept_.end() && at->first.starts_with(prefix); ++at)
        names.push_back(at->first);
    return names;
}

}  // namespace events
