#include "events/rocksdb/generation.hpp"

#include <algorithm>

namespace events::rocks {

generation::generation(position first) : first_(first.value) { before_.reserve(size_wanted + size_wanted / 8); }

void generation::add(std::span<const entry> batch) {
    command_groups groups;
    outcome* command = nullptr;
    for (const auto& [about, bytes] : batch) {
        const auto offset = static_cast<std::uint32_t>(before_.size());
        const auto [at, is_new] = streams_.try_emplace(about.stream, run{about.version, 0, offset});
        before_.push_back(at->second.last);
        at->second.last = offset;
        ++at->second.count;
        if (groups.begins(about)) {
            command = nullptr;
            if (command_groups::is_command(about)) {
                command = &commands_[{about.actor, about.causation}];
                *command = {about.position, 0, about.digest};
            }
        }
        if (command) ++command->count;
    }
}

const generation::run* generation::find(stream_id stream) const {
    const auto found = streams_.find(stream);
    return found == streams_.end() ? nullptr : &found->second;
}

const outcome* generation::find(const command_key& key) const {
    const auto found = commands_.find(key);
    return found == commands_.end() ? nullptr : &found->second;
}

void generation::positions(const run& of, version from, version to, direction way, std::vector<position>& out) const {
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    auto offset = of.last;
    for (auto v = of.newest().value;; --v, offset = before_[offset]) {
        if (v <= to.value) out.push_back({first_ + offset});
        if (v == from.value) break;
    }
    if (way == direction::forwards) std::reverse(out.begin() + begin, out.end());
}

}  // namespace events::rocks
