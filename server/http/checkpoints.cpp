#include "server/http/checkpoints.hpp"

#include <mutex>

namespace server::http {
namespace {

constexpr std::string_view prefix = "checkpoint-";
// Sizes are kept at most this far apart, by powers of two: a log of a billion events has some forty of them.
std::string name_for(std::uint64_t size) {
    unsigned bits = 0;
    while (size >> bits > 1) ++bits;
    return std::string(prefix) + std::to_string(bits);
}

}  // namespace

std::string sign_and_keep(events::log& log, const events::proof::note_signer& signer) {
    static std::mutex one_at_a_time;
    std::lock_guard hold(one_at_a_time);
    const auto size = log.tree_size();
    auto note = events::proof::sign_checkpoint(size, log.root(size), signer);
    log.keep(name_for(size), note);
    return note;
}

std::vector<events::known_root> known_roots(const events::log& log, const events::proof::note_verifier& by) {
    std::vector<events::known_root> roots;
    for (const auto& name : log.kept_names(prefix)) {
        const auto note = log.kept(name);
        if (!note) continue;
        if (const auto c = events::proof::verify_checkpoint(*note, by)) roots.push_back({c->size, c->root, name});
        else roots.push_back({0, {}, name + ": " + c.error().message()});
    }
    return roots;
}

std::vector<std::string> contradictions(const events::log& log, const events::proof::note_verifier& by) {
    std::vector<std::string> all;
    for (const auto& name : log.kept_names(prefix)) {
        const auto note = log.kept(name);
        if (!note) continue;  // damaged, which was said
        const auto c = events::proof::verify_checkpoint(*note, by);
        if (!c) all.push_back("kept/" + name + ": " + c.error().message());
        else if (c->size > log.tree_size()) all.push_back("kept/" + name + ": of " + std::to_string(c->size) + " events, and the log has " + std::to_string(log.tree_size()));
        else if (log.root(c->size) != c->root) all.push_back("kept/" + name + ": the first " + std::to_string(c->size) + " events are others now");
    }
    return all;
}

}  // namespace server::http
