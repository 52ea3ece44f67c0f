#include "events/rocksdb/pieces.hpp"

#include "events/codec/codec.hpp"
#include "events/log/commands.hpp"

#include <vector>

namespace events::rocks {
namespace {

class piece_reader {
public:
    explicit piece_reader(const event_store& log) : log_(log) {}

    /// What is wrong, or nothing; then entries() has the next piece.
    std::optional<std::string> read(position first, position last, std::size_t size) {
        entries_.clear();
        arena_.clear();
        command_groups groups;
        std::optional<std::string> wrong;
        log_.read_range(first, last, direction::forwards, [&](position p, std::string_view bytes) {
            const auto about = decode_.decode_envelope(bytes);
            if (!about || about->position != p) {
                wrong = "the event at position " + std::to_string(p.value) + ": " +
                        (about ? std::string("it says another position") : about.error().message());
                return false;
            }
            if (groups.begins(*about) && entries_.size() >= size) return false;
            entries_.push_back({*about, {}});
            arena_ += bytes;
            ends_.push_back(arena_.size());
            return true;
        });
        std::size_t begin = 0, i = 0;
        for (auto& one : entries_) {
            one.bytes = std::string_view(arena_).substr(begin, ends_[i] - begin);
            begin = ends_[i++];
        }
        ends_.clear();
        return wrong;
    }
    const std::vector<entry>& entries() const { return entries_; }

private:
    const event_store& log_;
    decoder decode_;
    std::vector<entry> entries_;
    std::string arena_;
    std::vector<std::size_t> ends_;
};

}  // namespace

std::optional<std::string> read_pieces(const event_store& log, position first, position last, std::size_t size,
                                       const std::function<bool(std::span<const entry>)>& take) {
    piece_reader next(log);
    while (first <= last) {
        auto wrong = next.read(first, last, size);
        const auto& some = next.entries();
        if (!some.empty() && !take(some)) return std::nullopt;
        if (wrong) return wrong;
        const position done = some.empty() ? position{first.value - 1} : some.back().envelope.position;
        if (some.empty() || (some.size() < size && done < last))
            return "the log can be read up to position " + std::to_string(done.value) + " only, of " + std::to_string(last.value);
        first = events::next(done);
    }
    return std::nullopt;
}

}  // namespace events::rocks
