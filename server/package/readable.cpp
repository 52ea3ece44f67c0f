#include "server/package/readable.hpp"

#include "core/kernel/calendar.hpp"
#include "events/codec/json_write.hpp"
#include "server/package/shown_fields.hpp"

#include <algorithm>

namespace server::package {
namespace {

using events::language;

const json* with(const json& all, const char* key, std::string_view value) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const json& one) { return one.at(key) == value; });
    return found == all.end() ? nullptr : &*found;
}

class page {
public:
    page(const contents& what, language l, std::chrono::minutes offset)
        : what_(what), l_(l), offset_(offset), kinds_(json::parse(what.schema).at("kinds")), fields_(l, name_of_) {}

    std::string all() {
        const auto title = say("归档包：", "Sealed archive: ") + escaped(what_.name);
        out_ = "<!doctype html>\n<html lang=\"" + say("zh-CN", "en") +
               "\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
               "<title>" +
               title +
               "</title>\n<style>\nbody{font:16px/1.6 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}\n"
               "dt{font-weight:600;margin-top:.6rem}\ndl{margin:0}\ndd{margin:0 0 0 1.2rem;white-space:pre-wrap}\nh2{border-top:1px solid "
               "#999;padding-top:1rem}\n"
               ".by{color:#666}\ncode{word-break:break-all}\n</style>\n</head>\n<body>\n<h1>" +
               title + "</h1>\n";
        line(say("项目", "Project"), std::to_string(what_.project.value));
        line(say("封存", "Sealed"), time(what_.sealed_at) + say("，日志位置 ", ", log position ") + std::to_string(what_.sealed.value));
        for (const auto& one : what_.documents) document(one);
        index();
        return out_ + "</body>\n</html>\n";
    }

private:
    std::string say(std::string_view zh, std::string_view en) const { return std::string(l_ == language::zh ? zh : en); }

    /// On a clock of the company.
    std::string time(events::instant t) const {
        std::string text;
        events::codec::write_instant(text, t + offset_);
        return text.substr(1, 10) + " " + text.substr(12, 5);  // within its quotes
    }
    std::string person(events::member_id who) const {
        const auto found = what_.people.find(who);
        const auto number = " (member/" + std::to_string(who.value) + ")";
        if (found == what_.people.end() || !found->second) return say("已抹除的成员", "an erased member") + number;
        return escaped(*found->second) + number;
    }
    void line(const std::string& name, const std::string& value) { out_ += "<p><strong>" + name + "</strong>: " + value + "</p>\n"; }

    /// Its parts, in the order in which its dossier has them.
    void document(const readable_document& of) {
        const auto* kind = with(kinds_, "name", events::name_of(of.id.kind));
        out_ += "<h2>" + fields_.words(kind->at("label")) + " " + std::to_string(of.id.number) + "</h2>\n";
        for (const auto& section : kind->at("sections")) {
            bool first = true;
            for (const auto& one : of.parts) {
                if (section.at("name") != one.section) continue;
                if (first) out_ += "<h3>" + fields_.words(section.at("label")) + "</h3>\n";
                first = false;
                event(*kind, one.at, json::parse(one.event));
            }
        }
    }

    void event(const json& kind, events::instant at, const json& e) {
        const auto* described = with(kind.at("events"), "type", e.at("type").get<std::string>());
        if (!described) return;
        out_ += "<p class=\"by\">" + person({e.at("actor").get<std::uint64_t>()});
        if (e.contains("in_place_of")) out_ += say("，代", ", for ") + person({e.at("in_place_of").get<std::uint64_t>()});
        out_ += " · " + fields_.words(described->at("label")) + " · " + time(at) + " · #" + e.at("position").dump() + "</p>\n";
        if (const auto inner = fields_.all(described->at("fields"), e.at("data")); !inner.empty()) out_ += "<dl>" + inner + "</dl>\n";
    }

    void index() {
        out_ += "<h2>" + say("事件", "Events") + "</h2>\n<ul>\n";
        for (const auto& s : what_.streams) out_ += "<li>" + events::to_string(s.id) + ": 1–" + std::to_string(s.last.value) + "</li>\n";
        out_ += "</ul>\n<h2>" + say("文件", "Files") + "</h2>\n<ul>\n";
        for (const auto& [sha256, about] : what_.files)
            out_ += "<li><a href=\"attachments/" + sha256 + "\"><code>" + sha256 + "</code></a> " + escaped(about.media_type) + ", " +
                    std::to_string(about.bytes) + "</li>\n";
        out_ += "</ul>\n";
    }

    const contents& what_;
    language l_;
    std::chrono::minutes offset_;
    json kinds_;
    std::function<std::string(events::member_id)> name_of_ = [this](events::member_id who) { return person(who); };
    shown_fields fields_;
    std::string out_;
};
}  // namespace

std::string readable(const contents& what, events::language l, std::chrono::minutes utc_offset) { return page(what, l, utc_offset).all(); }

std::string readme(const contents& what) {
    std::string out =
        "opsroom 归档包 / sealed package\n\n"
        "项目 / project: " +
        std::to_string(what.project.value) + "  " + what.name +
        "\n\n"
        "zh.html, en.html   给人看的表单 / the forms, to be read\n"
        "events.ndjson      每行一个事件，与日志中的字节相同 / an event a line, the very bytes of the log\n"
        "proofs.ndjson      同一行：该事件在检查点的树中的证明（RFC 9162）/ the same line: the event's inclusion proof\n"
        "checkpoint.txt     日志的签名检查点（C2SP tlog-checkpoint）/ the log's signed checkpoint\n"
        "dossier.json       封存时的卷宗 / the dossier as of the seal\n"
        "people.json        所涉及的人；null：已抹除 / who is named; null: erased\n"
        "attachments/       附件，以其 SHA-256 命名 / attached files, named by their SHA-256\n"
        "manifest.json      以上各部分的 SHA-256 / the SHA-256 of each part above\n"
        "seal.txt           对 manifest.json 的签名（C2SP signed-note）/ the signature over manifest.json\n\n"
        "只含下载者可以看到的内容 / it holds what whoever fetched it may see\n\n"
        "离线验证 / to verify without the server:   opsroom project verify FILE --key KEY\n"
        "在其中检索 / to search in it:              opsroom project search FILE WORDS\n";
    return out;
}

std::string hex(const std::array<unsigned char, 32>& sum) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const auto b : sum) {
        out += digits[b >> 4];
        out += digits[b & 15];
    }
    return out;
}

}  // namespace server::package
