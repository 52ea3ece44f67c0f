#include "server/package/readable.hpp"

#include "core/kernel/calendar.hpp"
#include "events/catalog/analysis.hpp"
#include "events/catalog/project.hpp"
#include "events/catalog/request.hpp"
#include "events/catalog/strategy.hpp"
#include "events/codec/describe.hpp"
#include "events/codec/json_write.hpp"
#include "server/package/labels.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace server::package {
namespace {

namespace codec = events::codec;
using events::language;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

class page {
public:
    page(const contents& what, language l, std::chrono::minutes offset) : what_(what), l_(l), offset_(offset) {}

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
        const auto& f = what_.forms;
        one("F1", say("项目需求申请表", "Project request"), f.f1);
        many("F1a", say("需求评估", "Assessment"), f.opinions);
        one("F2", say("项目立项计划书", "Project charter"), f.f2);
        one("F3", say("项目验收申请报告", "Acceptance request"), f.f3);
        one("F4", say("项目验收报告", "Acceptance report"), f.f4);
        one("", say("验收组", "Panel"), f.panel);
        many("", say("签字", "Signatures"), f.signatures);
        one("F5", say("项目总结", "Project summary"), f.f5);
        many("F19", say("策略与计划", "Strategies and plans"), f.plans);
        many("S3.2.3", say("数据分析发现", "Findings of the data"), f.findings);
        index();
        return out_ + "</body>\n</html>\n";
    }

private:
    std::string say(std::string_view zh, std::string_view en) const { return std::string(l_ == language::zh ? zh : en); }

    std::string time(events::instant t) const {
        std::string text;
        codec::write_instant(text, t + offset_);
        return text.substr(1, 10) + " " + text.substr(12, 5);  // within its quotes
    }
    static std::string day(events::date d) {
        std::string text;
        codec::write_date(text, d);
        return text.substr(1, text.size() - 2);  // within its quotes
    }
    std::string person(events::member_id who) const {
        if (!who) return "—";
        const auto found = what_.people.find(who);
        const auto number = " (member/" + std::to_string(who.value) + ")";
        if (found == what_.people.end() || !found->second) return say("已抹除的成员", "an erased member") + number;
        return escaped(*found->second) + number;
    }
    std::string in_place_of(const events::envelope& e) { return e.in_place_of ? say("，代", ", for ") + person(e.in_place_of) : std::string(); }
    void line(const std::string& name, const std::string& value) { out_ += "<p><strong>" + name + "</strong>: " + value + "</p>\n"; }

    void head(const char* form, const std::string& name) { out_ += std::string("<h2>") + form + (*form ? " " : "") + name + "</h2>\n"; }
    void one(const char* form, const std::string& name, const std::optional<events::recorded>& e) {
        if (!e) return;
        head(form, name);
        event(*e);
    }
    void many(const char* form, const std::string& name, const std::vector<events::recorded>& all) {
        if (all.empty()) return;
        head(form, name);
        for (const auto& e : all) event(e);
    }
    void event(const events::recorded& e) {
        out_ += "<p class=\"by\">" + person(e.envelope.actor) + in_place_of(e.envelope) + " · " + time(e.envelope.time) + " · " +
                events::to_string(e.envelope.stream) + " v" + std::to_string(e.envelope.version.value) + " · #" +
                std::to_string(e.envelope.position.value) + "</p>\n";
        // Of those that have forms here.
        if (const auto* q = events::get_if<events::request::any>(&e.event)) std::visit([&](const auto& what) { put(what); }, *q);
        if (const auto* p = events::get_if<events::project::any>(&e.event)) std::visit([&](const auto& what) { put(what); }, *p);
        if (const auto* a = events::get_if<events::analysis::any>(&e.event)) std::visit([&](const auto& what) { put(what); }, *a);
        if (const auto* v = events::get_if<events::strategy::any>(&e.event)) std::visit([&](const auto& what) { put(what); }, *v);
    }

    void put(const events::attachment& a) {
        out_ += "<a href=\"attachments/" + a.sha256 + "\" download=\"" + escaped(a.name) + "\">" + escaped(a.name) + "</a> (" +
                std::to_string(a.bytes) + ") <code>" + a.sha256 + "</code>";
    }
    void put(const events::project::budget& b) {
        auto cents = std::to_string(b.cents % 100);
        if (cents.size() < 2) cents.insert(0, "0");
        out_ += std::to_string(b.cents / 100) + "." + cents + " " + escaped(b.currency) + " — " + escaped(b.use);
    }
    template <class T>
    void put(const T& value) {
        if constexpr (std::is_same_v<T, bool>)
            out_ += value ? say("是", "yes") : say("否", "no");
        else if constexpr (std::is_same_v<T, events::member_id>)
            out_ += person(value);
        else if constexpr (codec::is_id<T>::value || std::is_integral_v<T>)
            codec::write_json(out_, value);
        else if constexpr (std::is_same_v<T, events::date>)
            out_ += day(value);
        else if constexpr (std::is_same_v<T, std::string>)
            out_ += escaped(value);
        else if constexpr (codec::code_string<T>)
            out_ += escaped(value.code);
        else if constexpr (codec::described_enum<T>)
            out_ += label_of(boost::describe::enum_to_string(value, "?"), l_);
        else if constexpr (codec::is_optional<T>::value)
            put(*value);
        else if constexpr (codec::is_vector<T>::value) {
            out_ += "<ul>";
            for (const auto& item : value) {
                out_ += "<li>";
                put(item);
                out_ += "</li>";
            }
            out_ += "</ul>";
        } else if constexpr (std::is_same_v<T, events::extra_field>) {
            out_ += "<strong>" + escaped(value.name) + "</strong>: " + escaped(value.text);
        } else {
            static_assert(codec::described_struct<T>);
            out_ += "<dl>";
            fields(value);
            out_ += "</dl>";
        }
    }
    template <class T>
    void fields(const T& of) {
        boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) { field(d.name, of.*d.pointer); });
    }
    template <class T>
    void field(std::string_view name, const T& value) {
        // What is empty is left out, and so is bookkeeping.
        if constexpr (codec::is_optional<T>::value || codec::is_vector<T>::value || std::is_same_v<T, std::string>) {
            if (is_empty(value)) return;
        } else if constexpr (std::is_same_v<T, events::form_extras>) {
            if (value.fields.empty() && value.attachments.empty()) return;
        }
        if (name == "flow" || (name == "form" && std::is_integral_v<T>)) return;
        // The form itself stands under its own heading.
        if constexpr (codec::described_struct<T> && !codec::code_string<T>)
            if (is_a_form(name)) return fields(value);
        out_ += "<dt>";
        out_ += label_of(name, l_);
        out_ += "</dt><dd>";
        put(value);
        out_ += "</dd>";
    }
    static bool is_a_form(std::string_view name) {
        return name == "form" || name == "opinion" || name == "charter" || name == "report" || name == "summary" || name == "record" ||
               name == "finding";
    }
    template <class T>
    static bool is_empty(const T& value) {
        if constexpr (codec::is_optional<T>::value)
            return !value;
        else
            return value.empty();
    }

    void index() {
        head("F17", say("归档索引", "Archive index"));
        if (what_.forms.f17) event(*what_.forms.f17);
        if (!what_.forms.records.empty()) {
            out_ += "<h3>" + say("归档材料", "Records") + "</h3>\n";
            for (const auto& r : what_.forms.records) event(r);
        }
        out_ += "<h3>" + say("事件", "Events") + "</h3>\n<ul>\n";
        for (const auto& s : what_.streams) out_ += "<li>" + events::to_string(s.id) + ": 1–" + std::to_string(s.last.value) + "</li>\n";
        out_ += "</ul>\n<h3>" + say("文件", "Files") + "</h3>\n<ul>\n";
        for (const auto& [sha256, about] : what_.files)
            out_ += "<li><a href=\"attachments/" + sha256 + "\"><code>" + sha256 + "</code></a> " + escaped(about.media_type) + ", " +
                    std::to_string(about.bytes) + "</li>\n";
        out_ += "</ul>\n";
    }

    const contents& what_;
    language l_;
    std::chrono::minutes offset_;
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
