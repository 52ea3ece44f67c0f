// Every command there is, generated from the tree of commands and from the rules: a new one is tried by itself.

#include "clients/cli/client.hpp"
#include "clients/cli/commands/forms.hpp"
#include "clients/cli/commands/rows.hpp"
#include "clients/cli/commands/special/handbook_indicators.hpp"
#include "clients/cli/tree.hpp"
#include "events/codec/describe.hpp"
#include "events/codec/json_write.hpp"
#include "tests/support/command_line.hpp"
#include "tests/support/every_kind.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <set>

namespace cli_commands_tests {

namespace {

using namespace events::codec;
using opsroom_test::run;
using words = std::vector<std::string>;

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

const cli::write_row* row_of(std::string_view type) {
    for (const auto* row : cli::every_row())
        if (row->type == type) return row;
    return nullptr;
}

/// f.operator()<A, C>() with every command of every aggregate.
template <class F>
void each_command(F f) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto a) {
        using A = typename decltype(a)::type;
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::command>>(
            [&](auto c) { f.template operator()<A, typename decltype(c)::type>(); });
    });
}

template <class T, class F>
void each_field(F f) {
    if constexpr (described_struct<T>)
        boost::mp11::mp_for_each<members_of<T>>([&](auto d) { f.template operator()<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>(std::string_view(d.name)); });
}

template <class T>
bool is_form() {
    bool found = false;
    each_field<T>([&]<class Field>(std::string_view name) { found = found || name == "extras"; });
    return found;
}

/// The schema says which fields of a file for a T hold people and days.
template <class T>
void check_shape(const cli::described_field& f) {
    if constexpr (is_optional<T>::value || is_vector<T>::value) {
        check_shape<typename T::value_type>(f);
    } else {
        INFO(f.name);
        CHECK((f.is == cli::shape::person || f.is == cli::shape::people) == std::is_same_v<T, events::member_id>);
        CHECK((f.is == cli::shape::day) == std::is_same_v<T, events::date>);
        if (f.is == cli::shape::extras) return;
        each_field<T>([&]<class Field>(std::string_view inner) {
            if (const auto* one = cli::field_of(f.fields, inner)) check_shape<Field>(*one);
        });
    }
}

/// f(app, its path) with every command.
void each_app(const CLI::App* app, const words& path, const std::function<void(const CLI::App*, const words&)>& f) {
    f(app, path);
    for (const auto* below : app->get_subcommands([](const CLI::App*) { return true; })) {
        auto deeper = path;
        deeper.push_back(below->get_name());
        each_app(below, deeper, f);
    }
}

struct whole_tree {
    whole_tree() : commands(with) { cli::add_commands(commands); }
    cli::settings with;
    cli::tree commands;
};

words with(words path, std::initializer_list<std::string> more) {
    path.insert(path.end(), more);
    return path;
}

/// As far as the argument or option `wanted`.
words up_to(const cli::tree& t, const CLI::App* app, const words& path, const CLI::Option* wanted) {
    auto out = path;
    if (!wanted->get_positional()) return with(out, {"--" + wanted->get_lnames().front()});
    for (const auto* o : app->get_options()) {
        if (o == wanted) break;
        if (o->get_positional()) out.push_back(t.choices_of(o).empty() ? "1" : t.choices_of(o).front());
    }
    return out;
}

}  // namespace

TEST_CASE("cli: every command that fills in a form takes the fields and files that any form can have", "[cli][S2.1.3]") {
    std::size_t forms = 0;
    each_command([&]<class A, class C>() {
        bool carries = false;
        each_field<C>([&]<class Field>(std::string_view) { carries = carries || is_form<Field>(); });
        const auto* row = row_of(C::type);
        INFO(C::type);
        if (!row) {
            // What is the system's alone nobody types.
            if (carries) CHECK(std::any_of(A::flow.begin(), A::flow.end(), [](const auto& r) { return r.command == C::type && r.may == 0; }));
            return;
        }
        CHECK(carries == !cli::added_fields_of(row->type).empty());
        const auto help = run({row->noun, row->verb, "--help"}).out;
        CHECK(carries == has(help, "--field NAME=TEXT"));
        if (carries) CHECK(has(help, "--attach FILE"));
        forms += carries;
    });
    CHECK(forms >= 20);
}

TEST_CASE("cli: in every file that a command reads people and days are known", "[cli]") {
    std::set<std::string> tried;
    each_command([&]<class A, class C>() {
        const auto* row = row_of(C::type);
        if (!row) return;
        for (const auto& f : row->fields) {
            if (f.is != cli::value::json_file) continue;
            INFO(row->type);
            REQUIRE(f.in_file);
            const auto* described = cli::schema::built_in().command(row->type);
            REQUIRE(described);
            const auto key = f.key.substr(0, f.key.find('/'));
            bool found = false;
            each_field<C>([&]<class Field>(std::string_view name) {
                if (key != "*" && key != name) return;
                found = true;
                if (const auto* of = cli::field_of(described->fields, name)) check_shape<Field>(*of);
            });
            CHECK(found);
            tried.insert(row->type);
        }
    });
    CHECK(tried.size() >= 20);
}

TEST_CASE("cli: every number has its range, and what is beyond is refused with it", "[cli]") {
    for (const auto* row : cli::every_row())
        for (const auto& f : row->fields) {
            const bool counts = f.is == cli::value::number || f.is == cli::value::numbers || f.is == cli::value::counts;
            INFO(row->type << " " << f.name);
            CHECK(counts == (f.within.least != 0 || f.within.most != 0));
        }
    whole_tree all;
    std::size_t tried = 0;
    each_app(&all.commands.root(), {}, [&](const CLI::App* app, const words& path) {
        for (const auto* option : app->get_options()) {
            const auto within = all.commands.range_of(option);
            if (!within) continue;
            auto wrong = words{"-1", "1e3", "0x10", "4.5", "", "99999999999999999999"};
            if (within->most) wrong.push_back(std::to_string(within->most + 1));
            if (within->least) wrong.push_back(std::to_string(within->least - 1));
            for (const auto& number : wrong) {
                const auto said = run(with(up_to(all.commands, app, path, option), {number}));
                INFO(said.err);
                CHECK(said.code == 2);
                CHECK(has(said.err, cli::out_of_range(option->get_name(), *within, number).in(cli::language::en)));
            }
            ++tried;
        }
    });
    CHECK(tried >= 40);
}

TEST_CASE("cli: a command that there is not says so, what there is, and what may have been meant, at every level", "[cli]") {
    whole_tree all;
    each_app(&all.commands.root(), {}, [&](const CLI::App* app, const words& path) {
        const auto below = app->get_subcommands([](const CLI::App*) { return true; });
        if (below.empty()) return;
        for (const auto* language : {"en", "zh"}) {
            const auto said = run(with(path, {"qqqqqq", "--lang", language}));
            INFO(said.err);
            CHECK(said.code == 2);
            CHECK(has(said.err, "qqqqqq"));
            CHECK(has(said.err, "there is no command") == (language == std::string("en")));
            for (const auto* each : below) CHECK(has(said.err, each->get_name()));
            for (const auto* each : below) {
                auto typed = each->get_name();
                if (typed.size() < 4) continue;
                typed.erase(typed.size() / 2, 1);
                const auto meant = run(with(path, {typed, "--lang", language}));
                INFO(meant.err);
                CHECK(meant.code == 2);
                CHECK(has(meant.err, language == std::string("en") ? "did you mean " : "是否想写 "));
            }
        }
    });
    CHECK(has(run({"task", "lst"}).err, "did you mean opsroom task list?"));
    CHECK(has(run({"tsak"}).err, "did you mean opsroom task?"));
    CHECK(has(run({"inbox", "delgate"}).err, "did you mean opsroom inbox delegate?"));
    CHECK(has(run({"task", "list", "--ovrdue"}).err, "did you mean --overdue?"));
    CHECK(has(run({"task"}).err, "assign"));
}

TEST_CASE("cli: what is wrong with the arguments is said in one language", "[cli]") {
    for (const auto& wrong : std::vector<words>{{}, {"task"}, {"tsak"}, {"task", "assign", "x", "--to"}, {"task", "list", "--status", "odd"}, {"task", "start", "1", "2"},
                                                {"task", "list", "--limit", "1", "--limit", "2"}, {"task", "list", "--open=perhaps"}, {"task", "list", "--odd"},
                                                {"channel", "messages", "1", "--before", "3", "--after", "4"}, {"inbox", "-o", "xml"}, {"log", "proof", "3", "--since", "x"}}) {
        auto chinese = wrong;
        chinese.insert(chinese.begin(), {"--lang", "zh"});
        const auto said = run(chinese);
        CHECK(said.code == 2);
        for (const char* english : {"required", "Expected", "excludes", "missing", "is one of", "not a", "there is", "value", "given", "convert", "Should"}) {
            INFO(said.err);
            CHECK(!has(said.err, english));
        }
        const auto in_english = run(wrong).err;
        INFO(in_english);
        CHECK(std::none_of(in_english.begin(), in_english.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9; }));
    }
}

TEST_CASE("cli: the indicators that the handbook names are to be had as the rules have them", "[cli][S6.1.1][S6.1.2][S6.1.3]") {
    for (const char* role : {"OM", "SP", "DA"}) {
        std::string rules;
        write_json(rules, *core::handbook_indicators({role}));
        CHECK(cli::as_text(*cli::handbook_indicators(role)) == rules);
        CHECK(has(run({"indicators", "template", role}).out, std::string("\"role\": \"") + role + "\""));
    }
    CHECK(!cli::handbook_indicators("RQ"));
    CHECK(has(run({"indicators", "template"}).out, "\"role\": \"SP\""));
}

}  // namespace cli_commands_tests
