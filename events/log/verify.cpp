#include "events/log/verify.hpp"

#include "events/codec/codec.hpp"
#include "events/log/stream_versions.hpp"
#include "events/proof/running_root.hpp"
#include "events/proof/tree.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <future>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace events {
namespace {

/// Events that are taken together: one such block is decoded while the next one is read and hashed.
constexpr std::uint64_t block_size = 4096;

struct block {
    position first;
    std::string arena;
    std::vector<std::size_t> ends;  ///< of each event, in the arena

    void clear(position next_first) {
        first = next_first;
        arena.clear();
        ends.clear();
    }
};

/// Decodes envelopes and follows the streams' versions.
class envelopes {
public:
    std::optional<log_fault> check(const block& of) {
        std::size_t begin = 0;
        for (std::size_t i = 0; i < of.ends.size(); ++i) {
            const position p{of.first.value + i};
            const auto about = read_.decode_envelope(std::string_view(of.arena).substr(begin, of.ends[i] - begin));
            begin = of.ends[i];
            if (!about) return log_fault{log_fault::kind::undecodable, p, about.error().message()};
            if (about->position != p) return log_fault{log_fault::kind::misplaced, p, "it says " + std::to_string(about->position.value)};
            try {
                versions_.check(about->stream);
            } catch (const std::invalid_argument& e) {
                return log_fault{log_fault::kind::undecodable, p, e.what()};
            }
            const auto before = versions_.of(about->stream);
            if (about->version != next(before))
                return log_fault{log_fault::kind::version_gap, p,
                                 to_string(about->stream) + ": version " + std::to_string(about->version.value) + " after " +
                                     std::to_string(before.value)};
            versions_.set(about->stream, about->version);
        }
        return std::nullopt;
    }

private:
    decoder read_;
    stream_versions versions_;
};

class verifier {
public:
    verifier(const log& of, std::span<const known_root> known) : log_(of), upto_(of.head()), known_(known.begin(), known.end()) {
        std::stable_sort(known_.begin(), known_.end(), [](const auto& a, const auto& b) { return a.size < b.size; });
    }

    verification run(const std::function<void(position, position)>& progress) {
        verification result{upto_, {}, std::nullopt};
        result.fault = blocks(progress);
        if (!result.fault && next_known_ < known_.size()) {
            const auto& beyond = known_[next_known_];
            result.fault = log_fault{log_fault::kind::known_root_beyond, upto_, beyond.source + ": " + std::to_string(beyond.size) + " events"};
        }
        result.root = root_.root();
        return result;
    }

private:
    std::optional<log_fault> blocks(const std::function<void(position, position)>& progress) {
        if (auto differs = check_known()) return differs;  // of the empty log
        std::array<block, 2> both;
        std::future<std::optional<log_fault>> decoding;
        std::optional<log_fault> fault;
        for (std::size_t turn = 0; done_ < upto_ && !fault; turn ^= 1) {
            fault = read(both[turn]);
            // What was decoded meanwhile came earlier in the log.
            if (decoding.valid())
                if (auto earlier = decoding.get()) return earlier;
            if (fault) {
                if (auto earlier = envelopes_.check(both[turn])) return earlier;
                return fault;
            }
            decoding = std::async(std::launch::async, [this, &of = both[turn]] { return envelopes_.check(of); });
            if (progress) progress(done_, upto_);
            fault = check_tree(both[turn]);
        }
        if (decoding.valid()) {  // the same block that the tree was compared with last
            auto other = decoding.get();
            if (other && (!fault || other->at <= fault->at)) return other;
        }
        return fault;
    }

    /// Reads and hashes the next block; what is wrong comes after the events that are in it then.
    std::optional<log_fault> read(block& into) {
        into.clear(next(done_));
        leaves_.clear();
        const position last{std::min(done_.value + block_size, upto_.value)};
        std::optional<log_fault> fault;
        try {
            log_.read_all(into.first, direction::forwards, [&](position p, std::string_view bytes) {
                if (p != next(done_)) return false;
                done_ = p;
                into.arena += bytes;
                into.ends.push_back(into.arena.size());
                leaves_.push_back(proof::leaf_hash(bytes));
                root_.add(leaves_.back());
                fault = check_known();
                return !fault && p < last;
            });
        } catch (const std::system_error&) {  // the system gives no memory, thread or descriptor: that says nothing of the log
            throw;
        } catch (const std::runtime_error& e) {
            return log_fault{log_fault::kind::unreadable, next(done_), e.what()};
        }
        if (!fault && done_ < last) fault = log_fault{log_fault::kind::missing, next(done_), {}};
        return fault;
    }

    std::optional<log_fault> check_known() {
        for (; next_known_ < known_.size() && known_[next_known_].size == done_.value; ++next_known_)
            if (known_[next_known_].root != root_.root())
                return log_fault{log_fault::kind::known_root_differs, done_, known_[next_known_].source};
        return std::nullopt;
    }

    /// The log's own tree over the events up to the end of this block.
    std::optional<log_fault> check_tree(const block& of) {
        try {
            while (!log_.wait_indexed(done_, std::chrono::seconds(1))) {}
            const auto root = log_.root(done_.value);
            if (root == root_.root()) return std::nullopt;
            // Which one? A leaf's inclusion in a tree that ends with it tells.
            for (std::size_t i = 0; i < of.ends.size(); ++i) {
                const auto p = of.first.value + i;
                if (!proof::verify_inclusion(leaves_[i], p - 1, p, log_.inclusion({p}, p), log_.root(p)))
                    return log_fault{log_fault::kind::changed, {p}, {}};
            }
            return log_fault{log_fault::kind::root_mismatch, done_, {}};
        } catch (const std::system_error&) {  // the system gives no memory, thread or descriptor: that says nothing of the log
            throw;
        } catch (const index_broken&) {  // nor does an index that is being made anew
            throw;
        } catch (const std::runtime_error& e) {
            return log_fault{log_fault::kind::unreadable, done_, e.what()};
        }
    }

    const log& log_;
    const position upto_;
    position done_;
    std::vector<known_root> known_;  ///< by size
    std::size_t next_known_ = 0;
    proof::running_root root_;
    std::vector<proof::hash> leaves_;  ///< of the block read last
    envelopes envelopes_;              ///< one thread at a time
};

struct words {
    std::string_view zh, en;
};

words words_of(log_fault::kind what) {
    switch (what) {
        case log_fault::kind::missing: return {"缺少该事件", "there is no event"};
        case log_fault::kind::unreadable: return {"无法读取", "can't be read"};
        case log_fault::kind::undecodable: return {"内容不是事件", "the bytes are no event"};
        case log_fault::kind::misplaced: return {"事件的位置不符", "the event belongs elsewhere"};
        case log_fault::kind::version_gap: return {"流的版本不连续", "the versions of its stream do not follow each other"};
        case log_fault::kind::changed: return {"内容与 Merkle 树不符：事件被改动过", "not what the Merkle tree was built from: the event was changed"};
        case log_fault::kind::root_mismatch: return {"Merkle 树的根不符", "the Merkle tree's root is wrong"};
        case log_fault::kind::known_root_differs:
            return {"与检查点不符：此处或之前的事件被改写过", "differs from a checkpoint: the log was rewritten here or before"};
        case log_fault::kind::known_root_beyond: return {"检查点之后的事件缺失", "ends before a checkpoint: events are missing"};
    }
    return {};
}

}  // namespace

std::string log_fault::message(language in) const {
    const auto text = words_of(what);
    const auto number = std::to_string(at.value);
    auto line = in == language::zh ? "位置 " + number + "：" + std::string(text.zh) : "position " + number + ": " + std::string(text.en);
    if (!detail.empty()) line += in == language::zh ? "（" + detail + "）" : " (" + detail + ")";
    return line;
}

verification verify(const log& of, std::span<const known_root> known, const std::function<void(position, position)>& progress) {
    return verifier(of, known).run(progress);
}

}  // namespace events
