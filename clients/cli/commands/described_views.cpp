#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/entity_views.hpp"
#include "clients/cli/commands/rows.hpp"
#include "clients/cli/commands/special/special.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli {
namespace {

/// "requests: draft, submit, pass": what leads through it where all goes well.
text about_noun(const described_kind& kind) {
    auto zh = kind.plural.zh;
    auto en = within_a_line(kind.plural.en);
    bool first = true;
    for (const auto& command : kind.commands) {
        if (std::find(kind.usual_commands.begin(), kind.usual_commands.end(), command.type) == kind.usual_commands.end()) continue;
        zh += (first ? "：" : "、") + command.label.zh;
        en += (first ? ": " : ", ") + within_a_line(command.label.en);
        first = false;
    }
    return kept({zh, en});
}

std::string examples_of_noun(const described_kind& kind, language l) {
    auto out = fmt::format("opsroom {} list --waits-on me", kind.name);
    for (const auto* row : every_row()) {
        if (std::find(kind.usual_commands.begin(), kind.usual_commands.end(), row->type) == kind.usual_commands.end()) continue;
        const auto& all = l == language::zh ? row->examples.zh : row->examples.en;
        out += "\n" + all.substr(0, all.find('\n'));
    }
    return out;
}

}  // namespace

void add_described_nouns(tree& t, nouns& n) {
    for (const auto& kind : schema::built_in().kinds())
        if (!kind.path.empty()) n[kind.name] = t.noun(kind.name, about_noun(kind), examples_of_noun(kind, t.lang()));
}

void add_described_views(tree& t, const nouns& n) {
    for (const auto& kind : schema::built_in().kinds()) {
        if (kind.path.empty()) continue;
        auto* noun = n.at(kind.name);
        const auto& special = special_of(kind.name);
        add_list(t, noun, kind);
        add_show(t, noun, kind);
        if (special.add) special.add(t, noun);
        if (!special.has_template) add_described_template(t, noun, kind);
    }
}

}  // namespace cli
