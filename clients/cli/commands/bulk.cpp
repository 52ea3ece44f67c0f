// Tables of tasks, people and indicators, all or nothing.

#include "clients/cli/bulk/send.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <iostream>

namespace cli {
namespace {

struct bulk_options {
    std::string file;
    std::string sheet, encoding;
    bool dry_run = false;
    bool headings = false;
};

/// What is wrong, a row each; in every format the same rows.
std::string shown_faults(const context& about, const bulk::kind& what, const std::vector<bulk::fault>& faults) {
    json rows = json::array();
    for (const auto& f : faults) rows.push_back({{"row", f.row}, {"column", f.column}, {"zh", f.zh}, {"en", f.en}});
    const auto l = about.with.language;
    return shown_list(about, rows,
                      {{{"行", "ROW"}, "row", [](const json& r) { return cell{raw(at_or_null(r, "row"))}; }, true, false},
                       {{"列", "COLUMN"},
                        "column",
                        [&what, l](const json& r) { return cell{bulk::heading_of(what.columns, text_at(r, "column"), l)}; },
                        false,
                        false},
                       {{"问题", "WHAT IS WRONG"},
                        l == language::zh ? "zh" : "en",
                        [l](const json& r) {
                            return cell{on_one_line(text_at(r, l == language::zh ? "zh" : "en")), paint::red};
                        },
                        false,
                        false}});
}

std::string shown_result(const context& about, const bulk::plan& done, std::size_t rows, bool dry_run) {
    const json report{{"dry_run", dry_run},          {"rows", rows},
                      {"created", done.created},     {"updated", done.updated},
                      {"unchanged", done.unchanged}, {"commands", done.commands.size()}};
    const auto number = [](std::uint64_t n) { return n == 0 ? std::string() : std::to_string(n); };
    return shown_thing(about, report,
                       {{{"试运行", "dry run"},
                         {dry_run ? about.say({"没有问题；什么也没有改变", "nothing is wrong; nothing was changed"}) : "", paint::green}},
                        {{"行", "rows"}, {std::to_string(rows)}},
                        {{"新建", "created"}, {number(done.created), paint::green}},
                        {{"更新", "updated"}, {number(done.updated), paint::green}},
                        {{"原样", "as they were"}, {number(done.unchanged)}}});
}

void import(context& about, const bulk::kind& what, const bulk_options& given) {
    if (given.headings) {
        about.out << bulk::template_of(what.columns, about.with.language);
        return;
    }
    if (given.file.empty())
        throw failure(exit_code::usage, "请给出文件，或用 --template 写出列名", "give a file, or --template for its headings");
    progress bar(about.say({"导入", "import"}), 4, about.with.quiet || !stderr_is_terminal());
    bulk::reading how{given.sheet, given.encoding};
    const auto rows = bulk::read_sheet(given.file, how);
    for (const auto& n : how.notes) std::cerr << "opsroom: " << on_one_line(about.with.zh() ? n.zh : n.en) << '\n';
    auto records = bulk::records_of(rows, what.columns);
    const auto count = records.size();
    std::vector<bulk::fault> unread;
    std::erase_if(records, [&](const bulk::record& r) {
        unread.insert(unread.end(), r.faults.begin(), r.faults.end());
        return !r.faults.empty();
    });
    bar.show(1);
    bulk::plan plan;
    // Who is not the first sees the next time what is there already.
    bool settled = false;
    for (int again = 0; !settled; ++again) {
        about.names().forget();
        plan = what.make(about, records);
        plan.faults.insert(plan.faults.end(), unread.begin(), unread.end());
        bar.show(2);
        settled = send(about, what, plan, given.dry_run, again);
    }
    bar.show(4);
    bar.finish();
    if (!plan.faults.empty()) {
        about.out << shown_faults(about, what, plan.faults);
        const auto n = plan.faults.size();
        throw failure(exit_code::invalid, fmt::format("有 {} 处不能通过，因此什么也没有改变：请改正后再导入", n),
                      fmt::format("{} {} refused, so nothing was changed: correct the file and import it again", n,
                                  n == 1 ? "thing is" : "things are"));
    }
    if (about.with.quiet && about.with.format == format::table) return;
    about.out << shown_result(about, plan, count, given.dry_run);
    if (what.noun == std::string_view("member") && !given.dry_run) say_what_waits(about, 0);
}

void add(tree& t, CLI::App* noun, const bulk::kind& what, text about) {
    auto given = std::make_shared<bulk_options>();
    const auto examples = fmt::format(
        "opsroom {0} import --template > {0}s.csv\nopsroom {0} import {0}s.xlsx --dry-run\nopsroom {0} import {0}s.csv", what.noun);
    auto* app = t.verb(noun, "import", about, examples, [&what, given](context& c) { import(c, what, *given); });
    t.option(app, "FILE", given->file, "", {"CSV 或 XLSX 文件；“-”为标准输入（CSV）", "a CSV or XLSX file; - is stdin (CSV)"});
    t.option(app, "--sheet", given->sheet, "NAME", {"工作表的名称（默认第一个可见的）", "the workbook's sheet (the first that is shown)"});
    t.option(app, "--encoding", given->encoding, "NAME", {"文本文件的编码，如 gb18030、windows-1252（默认 UTF-8）", "a text file's encoding, such as gb18030 or windows-1252 (UTF-8)"});
    t.flag(app, "-n,--dry-run", given->dry_run, {"只检查每一行，什么也不改变", "check every row and change nothing"});
    t.flag(app, "--template", given->headings, {"写出列名和一行示例", "write the headings and an example row"});
}

}  // namespace

void add_bulk_commands(tree& t, const nouns& n) {
    add(t, n.at("task"), bulk::tasks(),
        {"从表格新建和更新任务：要么全部，要么都不", "assign and update tasks from a table: all of it or nothing"});
    add(t, n.at("member"), bulk::members(),
        {"从表格新增和更新人员：要么全部，要么都不", "add and update people from a table: all of it or nothing"});
    add(t, n.at("indicators"), bulk::indicators(),
        {"从表格发布和修订考核指标：要么全部，要么都不", "publish and revise indicators from a table: all of it or nothing"});
}

}  // namespace cli
