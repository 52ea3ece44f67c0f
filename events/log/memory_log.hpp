#pragma once
// The log in memory: for tests, and for rooms that need not outlive the process. Keeps the port's promises but
// durability; every index is up to date when append returns.

#include "events/log/commands.hpp"
#include "events/log/expectations.hpp"
#include "events/log/log.hpp"
#include "events/log/position_signal.hpp"
#include "events/log/stream_versions.hpp"
#include "events/proof/tree.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <deque>
#include <map>
#include <shared_mutex>
#include <string>

namespace events {

class memory_log final : public log {
public:
    explicit memory_log(std::size_t idle_max = idle_commands_max) : idle_max_(idle_max) {}

    using log::append;
    boost::system::result<position, append_refusal> append(std::span<const entry> batch, std::span<const idle_command> idle) override;
    position head() const override { return head_.get(); }
    position indexed() const override { return indexed_.get(); }
    bool wait_indexed(position p, std::chrono::milliseconds at_most) const override { return indexed_.wait(p, at_most); }
    bool wait_beyond(position p, std::chrono::milliseconds at_most) const override { return head_.wait(next(p), at_most); }
    version version_of(stream_id stream) const override;
    std::uint64_t highest(category kind) const override;
    std::optional<outcome> find_command(const command_key& key) const override;
    void read_all(position from, direction way, const visitor& visit) const override;
    void read_stream(stream_id stream, version from, direction way, const visitor& visit) const override;
    bool read_one(position p, const visitor& visit) const override;
    std::uint64_t tree_size() const override { return tree_.size(); }
    proof::hash root(std::uint64_t size) const override { return tree_.root(size); }
    std::vector<proof::hash> inclusion(position p, std::uint64_t size) const override;
    std::vector<proof::hash> consistency(std::uint64_t old_size, std::uint64_t new_size) const override;
    void keep(std::string_view name, std::string_view blob) override;
    std::optional<std::string> kept(std::string_view name) const override;
    std::vector<std::string> kept_names(std::string_view prefix) const override;

private:
    void take_in(std::span<const entry> batch);
    void remember(std::span<const idle_command> idle);
    std::string_view bytes_at(position p) const;

    const std::size_t idle_max_;
    expectations expectations_;  // the appending thread's

    mutable std::shared_mutex guard_;  ///< over all below but what has its own; never held while a visitor runs
    std::deque<std::string> events_;   ///< an event's bytes never move
    stream_versions versions_;
    boost::unordered_flat_map<stream_id, std::vector<position>, std::hash<stream_id>> streams_;
    boost::unordered_flat_map<command_key, outcome, std::hash<command_key>> commands_;
    std::deque<command_key> idle_;  ///< those of commands_ that had nothing to change, the oldest first
    std::map<std::string, std::string, std::less<>> kept_;

    proof::memory_tiles tiles_;
    proof::tree tree_{tiles_};
    position_signal head_;     ///< moves before the tree, as that is never larger than the log
    position_signal indexed_;  ///< moves after the tree
};

}  // namespace events
