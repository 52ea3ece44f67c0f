// What one may see, by words.

#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/schema/schema.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace cli {
namespace {

struct search_options {
    std::vector<std::string> words;
    std::string kind;
    std::uint64_t limit = 20;
};

std::string label_of(language l, const std::string& kind) {
    if (const auto* described = schema::built_in().kind(kind)) return l == language::zh ? described->label.zh : within_a_line(described->label.en);
    return l == language::zh && kind == "message" ? "消息" : kind;
}

std::string where(const json& r) {
    if (text_at(r, "kind") == "message")
        return fmt::format("channel/{} {}", number_at(r, "id").value_or(0), number_at(r, "message").value_or(0));
    return fmt::format("{}/{}", text_at(r, "kind"), number_at(r, "id").value_or(0));
}

void find(context& about, const search_options& given) {
    std::string words;
    for (const auto& w : given.words) words += (words.empty() ? "" : " ") + (w.find(' ') == w.npos ? w : "\"" + w + "\"");
    auto path = fmt::format("/api/v1/search?q={}", percent_encoded(words));
    if (!given.kind.empty()) path += "&kind=" + given.kind;
    json items = json::array();
    std::string cursor;
    bool complete = true;
    do {
        auto page = path + fmt::format("&limit={}", std::min<std::uint64_t>(given.limit - items.size(), 100));
        if (!cursor.empty()) page += "&cursor=" + percent_encoded(cursor);
        const auto reply = about.server().get(page);
        for (const auto& each : list_at(reply, "items")) items.push_back(each);
        complete = complete && flag_at(reply, "complete");
        const auto next = text_at(reply, "next");
        cursor = next == cursor ? std::string() : next;
    } while (!cursor.empty() && items.size() < given.limit);
    const auto l = about.with.language;
    about.out << shown_list(about, items,
                            {{{"类别", "KIND"}, "kind", [l](const json& r) { return cell{label_of(l, text_at(r, "kind"))}; }, false, false},
                             {{"对象", "WHAT"}, "id", [](const json& r) { return cell{where(r)}; }, false, false},
                             {{"标题", "TITLE"},
                              "title",
                              [](const json& r) {
                                  return cell{text_at(r, "title"), paint::bold};
                              }},
                             {{"作者", "BY"},
                              "author",
                              [&about](const json& r) {
                                  const auto who = number_at(r, "author");
                                  return cell{who ? about.names().name_of(*who) : std::string()};
                              }},
                             {{"内容", "TEXT"}, "excerpt", [](const json& r) { return cell{on_one_line(text_at(r, "excerpt"))}; }}});
    if (about.with.quiet || about.with.format != format::table) return;
    if (!cursor.empty()) about.out << about.say({"（还有更多：加大 --limit）\n", "(there are more: raise --limit)\n"});
    if (!complete)
        std::cerr << "opsroom: " << about.say({"索引尚未跟上日志，结果可能不全", "the index is still behind the log: there may be more"})
                  << '\n';
}

std::vector<std::string> searched_kinds() {
    // People and channels are found by their names, messages by what they say.
    std::vector<std::string> all{"member", "channel", "message"};
    for (const auto& kind : schema::built_in().kinds())
        if (kind.searched) all.push_back(kind.name);
    return all;
}

}  // namespace

void add_search(tree& t) {
    auto given = std::make_shared<search_options>();
    auto* app = t.verb(&t.root(), "search",
                       {"在您有权查看的一切中检索：任务、申请、项目、分析、策略、消息、频道、人员等",
                        "search all that you may see: tasks, requests, projects, analyses, strategies, messages, channels, people and more"},
                       "opsroom search 兑换率\nopsroom search channel figures --kind task\nopsroom search \"接口 延期\" -o json",
                       [given](context& about) { find(about, *given); });
    t.required(t.option(app, "WORDS", given->words, "",
                        {"词，须同时出现；加引号则须相连", "words, all of which have to be there; in quotes, next to each other"}));
    t.only(t.option(app, "--kind", given->kind, "KIND", {"只找这一类", "of this kind alone"}),
           searched_kinds());
    t.number(app, "--limit", given->limit, "N", how_many, {"最多几条（默认 20）", "at most so many (20)"});
}

}  // namespace cli
