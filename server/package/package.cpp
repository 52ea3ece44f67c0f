#include "server/package/package.hpp"

#include "events/bytes/base64.hpp"
#include "events/codec/codec.hpp"
#include "events/codec/json_write.hpp"
#include "events/proof/tree.hpp"
#include "server/package/readable.hpp"
#include "server/wire/json_object.hpp"

#include <stdexcept>

namespace server::package {
namespace {

constexpr std::size_t piece_bytes = 256UL * 1024;
constexpr std::size_t piece_events = 256;

std::string base64(const events::proof::hash& h) { return events::bytes::to_base64({reinterpret_cast<const char*>(h.data()), h.size()}); }

/// A part that is there at once.
auto whole(std::string text) {
    return [text = std::move(text)](std::string& out) {
        out += text;
        return false;
    };
}

std::string people_json(const contents& what) {
    std::string out;
    {
        wire::json_object o(out);
        for (const auto& [who, name] : what.people) o.put(std::to_string(who.value), name);
    }
    return out + "\n";
}

}  // namespace

writer::writer(sources from, contents what) : from_(from), what_(std::move(what)) { plan(); }

void writer::plan() {
    parts_.push_back({"README.txt", whole(readme(what_))});
    parts_.push_back({"checkpoint.txt", whole(what_.checkpoint)});
    parts_.push_back({"events.ndjson", [this](std::string& out) { return some_events(out); }});
    parts_.push_back({"proofs.ndjson", [this](std::string& out) { return some_proofs(out); }});
    parts_.push_back({"dossier.json", whole(what_.dossier + "\n")});
    parts_.push_back({"people.json", whole(people_json(what_))});
    for (const auto l : {events::language::zh, events::language::en})
        parts_.push_back({l == events::language::zh ? "zh.html" : "en.html", whole(readable(what_, l, from_.read.utc_offset()))});
    for (const auto& [sha256, about] : what_.files)
        parts_.push_back({"attachments/" + sha256,
                          [this, sha256 = sha256, bytes = about.bytes](std::string& out) { return some_of_file(sha256, bytes, out); }});
    parts_.push_back({"manifest.json", [this](std::string& out) {
                          out += manifest();
                          return false;
                      }});
    parts_.push_back({"seal.txt", [this](std::string& out) {
                          out += seal();
                          return false;
                      }});
}

bool writer::next(std::string& out) {
    if (at_ == parts_.size()) return false;
    if (!begun_) begin(out);
    std::string piece;
    const bool more = parts_[at_].more(piece);
    EVP_DigestUpdate(sum_.get(), piece.data(), piece.size());
    bytes_ += piece.size();
    file_.write(out, piece);
    if (more) return true;
    end(out);
    if (++at_ == parts_.size()) file_.finish(out);
    return true;
}

void writer::begin(std::string& out) {
    begun_ = true;
    bytes_ = 0;
    stream_ = 0;
    version_ = {};
    offset_ = 0;
    sum_.reset(EVP_MD_CTX_new());
    if (!sum_ || EVP_DigestInit_ex(sum_.get(), EVP_sha256(), nullptr) != 1) throw std::runtime_error("no SHA-256");
    file_.begin(out, parts_[at_].path);
}

void writer::end(std::string& out) {
    std::array<unsigned char, 32> sum;
    EVP_DigestFinal_ex(sum_.get(), sum.data(), nullptr);
    done_.push_back({parts_[at_].path, bytes_, hex(sum)});
    file_.end(out);
    begun_ = false;
}

/// Calls take(position, bytes) with the next few events. False once all were taken.
template <class Take>
bool writer::next_events(Take take) {
    const auto& s = what_.streams[stream_];
    std::size_t count = 0, bytes = 0;
    from_.read.log().read_stream(s.id, events::next(version_), events::direction::forwards,
                                 [&](events::position p, std::string_view stored) {
                                     version_ = events::next(version_);
                                     take(p, stored);
                                     bytes += stored.size();
                                     return version_ < s.last && ++count < piece_events && bytes < piece_bytes;
                                 });
    if (count == 0 && bytes == 0) throw std::runtime_error("an event of the archive can't be read");
    if (version_ < s.last) return true;
    version_ = {};
    return ++stream_ < what_.streams.size();
}

bool writer::some_events(std::string& out) {
    return next_events([&](events::position, std::string_view stored) {
        if (events::has_open_digest(stored)) out += events::show(stored, from_.read.keys());
        else out += stored;
        out += '\n';
    });
}

bool writer::some_proofs(std::string& out) {
    return next_events([&](events::position p, std::string_view stored) {
        {
            wire::json_object o(out);
            o.put("position", p);
            // Its bytes are not in the package as they are in the log, so what they hash to is said.
            if (events::has_open_digest(stored)) o.put("leaf", base64(events::proof::leaf_hash(stored)));
            auto& list = o.name("hashes");
            list += '[';
            for (const auto& h : from_.read.log().inclusion(p, what_.size)) {
                if (list.back() != '[') list += ',';
                events::codec::write_string(list, base64(h));
            }
            list += ']';
        }
        out += '\n';
    });
}

bool writer::some_of_file(const std::string& sha256, std::uint64_t bytes, std::string& out) {
    const auto part = from_.files.read(sha256, offset_, piece_bytes);
    if (part.empty() && offset_ < bytes) throw std::runtime_error("a file of the archive can't be read");
    out += part;
    offset_ += part.size();
    return offset_ < bytes;
}

std::string writer::manifest() const {
    std::string out;
    {
        wire::json_object o(out);
        o.put("format", std::string_view("opsroom-sealed-package.v1")).put("project", what_.project).put("name", what_.name);
        o.put("sealed", what_.sealed).put("sealed_at", what_.sealed_at).put("events", what_.event_count);
        auto& streams = o.name("streams");
        streams += '[';
        for (const auto& s : what_.streams) {
            if (streams.back() != '[') streams += ',';
            wire::json_object(streams).put("stream", s.id).put("version", s.last);
        }
        streams += ']';
        auto& parts = o.name("parts");
        parts += '[';
        for (const auto& p : done_) {
            if (parts.back() != '[') parts += ',';
            wire::json_object(parts).put("path", p.path).put("bytes", p.bytes).put("sha256", p.sha256);
        }
        parts += ']';
    }
    return out + "\n";
}

std::string writer::seal() const {
    return from_.signer.sign("opsroom-sealed-package.v1\nproject/" + std::to_string(what_.project.value) + "\n" + done_.back().sha256 +
                             "\n");
}

}  // namespace server::package
