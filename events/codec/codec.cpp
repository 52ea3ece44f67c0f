#include "events/codec/codec.hpp"

#include "events/codec/group_codec.hpp"
#include "events/codec/json_read.hpp"
#include "events/codec/json_write.hpp"

#include <charconv>
#include <stdexcept>
#include <unordered_map>

namespace events {
namespace {

using codec::fault;

// What a sealed text is bound to: its place in the stream, in the very words of the stored form, so that
// show() finds it by cutting it out.
void append_place(std::string& out, stream_id stream, version v) {
    out += "\"stream\":";
    codec::write_stream(out, stream);
    out += ",\"version\":";
    codec::write_number(out, v.value);
}

void write_word(std::string& out, std::string_view key, std::uint64_t word) {
    constexpr char hex[] = "0123456789abcdef";
    out += ",\"";
    out += key;
    out += "\":\"";
    for (int shift = 60; shift >= 0; shift -= 4) out += hex[word >> shift & 15];
    out += '"';
}

bool read_word(std::string_view text, std::uint64_t& out) {
    if (text.size() != 16) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + 16, out, 16);
    return error == std::errc{} && end == text.data() + 16;
}

/// What of the stored form is for the log alone.
struct secrets {
    std::size_t from, to;
};

secrets write_envelope(std::string& out, const envelope& about, std::string_view type, std::string_view clause) {
    out += "{\"position\":";
    codec::write_number(out, about.position.value);
    out += ',';
    append_place(out, about.stream, about.version);
    out += ",\"type\":\"";
    out += type;
    out += "\",\"time\":";
    codec::write_instant(out, about.time);
    out += ",\"actor\":";
    codec::write_number(out, about.actor.value);
    if (about.in_place_of) {
        out += ",\"in_place_of\":";
        codec::write_number(out, about.in_place_of.value);
    }
    out += ",\"causation\":";
    codec::write_uuid(out, about.causation);
    if (about.correlation != about.causation) {
        out += ",\"correlation\":";
        codec::write_uuid(out, about.correlation);
    }
    secrets kept{out.size(), 0};
    if (about.digest != 0) write_word(out, about.keyed ? "mac" : "digest", about.digest);
    if (about.salt != 0) write_word(out, "salt", about.salt);
    kept.to = out.size();
    out += ",\"clause\":\"";
    out += clause;
    out += "\",\"data\":";
    return kept;
}

/// The same in bytes that were stored. They come right before the clause; inside a JSON string every quote is escaped, so
/// these words can only be structure, and the first of them are the envelope's.
secrets secrets_in(std::string_view stored) {
    const auto clause = stored.find(",\"clause\":");
    const auto about = stored.substr(0, clause);
    auto from = about.size();
    for (const std::string_view key : {",\"digest\":\"", ",\"mac\":\"", ",\"salt\":\""}) from = std::min(from, about.find(key));
    return {from, about.size()};
}

struct seal_personal {
    const keyring& keys;
    std::string_view place;

    void operator()(std::string& out, const personal& p) const {
        if (p.is == personal::form::clear) {
            const auto sealed = keys.seal(p.of, p.text, place);
            if (!sealed) throw std::logic_error("no key to seal personal data of member " + std::to_string(p.of.value));
            codec::show_personal{}(out, personal{p.of, *sealed, personal::form::sealed});
        } else if (p.is == personal::form::sealed) {
            codec::show_personal{}(out, p);
        } else {
            throw std::logic_error("erased text can't be recorded");
        }
    }
};

/// Of what could not be opened: not because it was erased. Its key is lost, or is not the one that it was sealed with.
bool is_unreadable(member_id of, const keyring& keys) { return keys.lost(of) || keys.has(of); }

const std::unordered_map<std::string_view, const codec::shape*>& shapes() {
    static const auto table = [] {
        std::unordered_map<std::string_view, const codec::shape*> t;
        codec::each_shape([&](const codec::shape& one) { t.emplace(one.type, &one); });
        return t;
    }();
    return table;
}

class codec_category_type final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "opsroom.codec"; }
    std::string message(int value) const override {
        switch (static_cast<codec_error>(value)) {
            case codec_error::not_json: return "the stored bytes are not JSON / 存储内容不是 JSON";
            case codec_error::not_an_event: return "the stored JSON is not an event / 存储内容不是事件";
            case codec_error::unknown_type:
                return "an event of a type that this version does not know: run a newer opsroom / 未知事件类型：请使用更新的版本";
            case codec_error::bad_data: return "the event's data do not fit its type / 事件数据与类型不符";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& codec_category() {
    static const codec_category_type category;
    return category;
}

encoded encode(const envelope& about, const any& event, const keyring& keys) {
    encoded out;
    const auto& how = codec::codec_of(event);
    out.stored.reserve(480);
    const auto kept = write_envelope(out.stored, about, event.type(), event.clause());
    const auto show_head = [&](std::size_t room) {
        out.clear.reserve(room);
        out.clear.assign(out.stored, 0, kept.from);
    };
    if (how.has_personal(event)) {
        show_head(400);
        out.clear.append(out.stored, kept.to);
        how.write(out.clear, event);
        out.clear += '}';
        std::string place;
        append_place(place, about.stream, about.version);
        how.write(out.stored, event, seal_personal{keys, place});
        out.stored += '}';
    } else {
        how.write(out.stored, event);
        out.stored += '}';
        if (kept.from == kept.to) return out;
        show_head(out.stored.size());
        out.clear.append(out.stored, kept.to);
    }
    return out;
}

struct decoder::impl {
    simdjson::dom::parser parser;

    boost::system::error_code read_envelope(std::string_view stored, envelope& about, std::string_view& type,
                                            codec::element& data) {
        codec::element root;
        if (parser.parse(stored.data(), stored.size()).get(root) != simdjson::SUCCESS) return codec_error::not_json;
        simdjson::dom::object object;
        if (root.get(object) != simdjson::SUCCESS) return codec_error::not_an_event;
        enum : unsigned { position = 1, stream = 2, version = 4, typed = 8, time = 16, actor = 32, causation = 64, clause = 128, content = 256 };
        unsigned seen = 0;
        bool correlated = false;
        bool fine = true;
        about.digest = about.salt = 0;
        about.keyed = false;
        about.in_place_of = {};
        for (const auto [key, value] : object) {
            std::string_view text;
            if (key == "position") fine = !codec::read_json(value, about.position), seen |= position;
            else if (key == "stream") fine = !codec::read_json(value, about.stream), seen |= stream;
            else if (key == "version") fine = !codec::read_json(value, about.version), seen |= version;
            else if (key == "type") fine = value.get(type) == simdjson::SUCCESS, seen |= typed;
            else if (key == "time") fine = !codec::read_json(value, about.time), seen |= time;
            else if (key == "actor") fine = !codec::read_json(value, about.actor), seen |= actor;
            else if (key == "in_place_of") fine = !codec::read_json(value, about.in_place_of);
            else if (key == "causation") fine = !codec::read_json(value, about.causation), seen |= causation;
            else if (key == "correlation") fine = !codec::read_json(value, about.correlation), correlated = true;
            else if (key == "digest" || key == "mac") {
                fine = about.digest == 0 && value.get(text) == simdjson::SUCCESS && read_word(text, about.digest);
                about.keyed = key == "mac";
            } else if (key == "salt") fine = value.get(text) == simdjson::SUCCESS && read_word(text, about.salt);
            else if (key == "clause") seen |= clause;
            else if (key == "data") data = value, seen |= content;
            else fine = false;
            if (!fine) return codec_error::not_an_event;
        }
        if (seen != 511) return codec_error::not_an_event;
        if (!correlated) about.correlation = about.causation;
        return {};
    }
};

decoder::decoder() : impl_(new impl) {}
decoder::~decoder() { delete impl_; }

boost::system::result<recorded> decoder::decode(std::string_view stored) {
    recorded out;
    std::string_view type;
    codec::element data;
    if (const auto error = impl_->read_envelope(stored, out.envelope, type, data)) return error;
    const auto known = shapes().find(type);
    if (known == shapes().end()) return make_error_code(codec_error::unknown_type);
    if (known->second->read(data, out.event)) return make_error_code(codec_error::bad_data);
    return out;
}

boost::system::result<envelope> decoder::decode_envelope(std::string_view stored) {
    envelope out;
    std::string_view type;
    codec::element data;
    if (const auto error = impl_->read_envelope(stored, out, type, data)) return error;
    return out;
}

void open_personal(recorded& event, const keyring& keys) {
    std::string place;
    codec::codec_of(event.event).each_personal(event.event, [&](personal& p) {
        if (p.is != personal::form::sealed) return;
        if (place.empty()) append_place(place, event.envelope.stream, event.envelope.version);
        auto text = keys.open(p.of, p.text, place);
        if (!text && is_unreadable(p.of, keys)) return;  // it stays sealed
        p.is = text ? personal::form::clear : personal::form::erased;
        p.text = text ? std::move(*text) : std::string();
    });
}

namespace {

/// `keys` null: nothing personal is opened.
std::string show_with(std::string_view stored, const keyring* keys) {
    // Inside a JSON string every quote is escaped, so these words can only be structure.
    constexpr std::string_view opening = "{\"of\":";
    constexpr std::string_view sealed = ",\"sealed\":\"";
    const auto kept = secrets_in(stored);
    std::string out(stored.substr(0, kept.from));
    std::string_view place;
    std::size_t from = kept.to;
    for (auto at = stored.find(opening, from); at != stored.npos; at = stored.find(opening, from)) {
        personal p;
        const char* const number = stored.data() + at + opening.size();
        const char* const end = stored.data() + stored.size();
        const auto after = std::from_chars(number, end, p.of.value).ptr;
        const auto text = static_cast<std::size_t>(after - stored.data()) + sealed.size();
        const auto quote = stored.find('"', text);
        if (stored.compare(text - sealed.size(), sealed.size(), sealed) != 0 || quote == stored.npos) break;
        if (place.empty()) {
            const auto begin = stored.find("\"stream\":");
            place = stored.substr(begin, stored.find(",\"type\":") - begin);
        }
        out.append(stored, from, at - from);
        auto opened = keys ? keys->open(p.of, stored.substr(text, quote - text), place) : std::nullopt;
        if (!keys || (!opened && is_unreadable(p.of, *keys))) {
            out += opening;
            codec::write_number(out, p.of.value);
            out += keys ? ",\"unreadable\":true}" : ",\"gone\":true}";
        } else {
            p.is = opened ? personal::form::clear : personal::form::erased;
            p.text = opened ? std::move(*opened) : std::string();
            codec::show_personal{}(out, p);
        }
        from = quote + 2;  // past the quote and the brace
    }
    out.append(stored, from, stored.size() - from);
    return out;
}

}  // namespace

std::string show(std::string_view stored, const keyring& keys) { return show_with(stored, &keys); }
std::string show_without_words(std::string_view stored) { return show_with(stored, nullptr); }
std::string show_taken_back(std::string_view stored) {
    auto shown = show_without_words(stored);
    constexpr std::string_view opening = ",\"topic\":\"";
    const auto at = shown.find(opening, shown.find(",\"data\":{"));
    if (at == std::string::npos) return shown;
    // Up to the quote that is not escaped.
    const auto from = at + opening.size();
    auto to = from;
    while (to < shown.size() && shown[to] != '"') to += shown[to] == '\\' ? 2 : 1;
    return shown.erase(from, to - from);
}

bool has_open_digest(std::string_view stored) {
    return stored.substr(0, stored.find(",\"clause\":")).find(",\"digest\":\"") != stored.npos;
}

std::string show_envelope(std::string_view stored) {
    // Whoever knew which command it was could try what it said against its hash.
    const auto causation = stored.find(",\"causation\":");
    const auto clause = stored.find(",\"clause\":");
    std::string out(stored.substr(0, causation));
    out += stored.substr(clause, stored.find(",\"data\":") - clause);
    return out + ",\"hidden\":true}";
}

}  // namespace events
