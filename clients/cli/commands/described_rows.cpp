// What people give of what the schema describes, as rows: the first text that has to be given is an argument, what else there is an option. A form's
// fields stand beside the command's own, and the whole of it may come from a file.

#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace cli {
namespace {

/// Every command has these: no field is called so.
constexpr std::string_view taken[] = {"--file",  "--field", "--attach", "--output", "--lang",       "--color", "--bom",  "--quiet",
                                      "--server", "--ca",   "--insecure", "--expect", "--command-id", "--help",  "--version", "--yes"};

bool is_words(const described_field& f) { return f.is == shape::line || f.is == shape::prose; }

std::string dashed(std::string name) {
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

std::string in_capitals(std::string name) {
    for (auto& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return name;
}

value value_of(const described_field& f) {
    switch (f.is) {
        case shape::day: return value::day;
        case shape::number:
        case shape::percent:
        case shape::reference:
        case shape::event: return value::number;
        case shape::money: return value::money;
        case shape::yes_no: return value::yes_no;
        case shape::choice: return value::choice;
        case shape::person: return value::person;
        case shape::people: return value::people;
        case shape::codes:
        case shape::choices:
        case shape::departments:
        case shape::roles: return value::words;
        case shape::numbers:
        case shape::references: return value::numbers;
        case shape::lines: return value::items;
        case shape::files: return value::files;
        case shape::list: return f.fields.empty() ? value::items : value::json_file;
        default: return value::text;
    }
}

range range_of(const described_field& f) {
    const auto is = value_of(f);
    if (is != value::number && is != value::numbers) return {0, 0};
    if (f.is == shape::reference || f.is == shape::references || f.is == shape::event) return any_number;
    if (f.is == shape::numbers) return {0, (std::uint64_t{1} << 53) - 1};  // its bounds are of how many there are
    if (f.is == shape::percent) return {f.least, f.most ? f.most : 100};
    return {f.least, f.most ? f.most : (std::uint64_t{1} << 53) - 1};
}

wording with_language(const described_field& f, const wording& which) { return {f.label.zh + "，" + which.zh, within_a_line(f.label.en) + " " + which.en}; }

wording with(wording words, const wording& more) { return {words.zh + "；" + more.zh, words.en + "; " + more.en}; }

/// "类别：流程、产品", "category: process, product": what it is called, what comes of it, how it is typed.
wording about(const described_field& f) {
    wording out{f.label.zh, within_a_line(f.label.en)};
    const auto add = [&](const wording& more) { out = with(out, more); };
    wording all;
    for (const auto& o : f.options) {
        // Codes are English, and those of a choice stand before this line.
        const bool named = f.is == shape::choice;
        all.zh += (all.zh.empty() ? "：" : "、") + (named ? "" : o.name + " ") + o.label.zh;
        all.en += (all.en.empty() ? ": " : ", ") + (named ? "" : o.name + " ") + within_a_line(o.label.en);
    }
    out.zh += all.zh;
    out.en += all.en;
    if (!f.unit.empty()) out = {out.zh + "（" + f.unit.zh + "）", out.en + " (" + f.unit.en + ")"};
    if (!f.hint.empty()) add({f.hint.zh, within_a_line(f.hint.en)});
    switch (value_of(f)) {
        case value::people:
        case value::words:
        case value::numbers: add({"用逗号分隔", "comma between"}); break;
        case value::items:
        case value::files: add({"可多次给出", "may be given many times"}); break;
        case value::json_file: add({"JSON 文件", "a JSON file"}); break;
        case value::text:
            if (f.is == shape::prose) add({"“-”表示从标准输入读", "- reads it from stdin"});
            break;
        default: break;
    }
    return out;
}

class row_maker {
public:
    row_maker(const described_kind& kind, const described_command& command) : kind_(kind), command_(command) {}

    write_row row() {
        write_row out;
        out.noun = kind_.name;
        out.verb = command_.verb();
        out.type = command_.type;
        out.target = command_.creates ? target::none : target::entity;
        out.about = kept(about_command());
        add(command_.fields, {}, true);
        out.fields = std::move(fields_);
        out.examples = {examples(out.fields, language::zh), examples(out.fields, language::en)};
        return out;
    }

private:
    wording about_command() const {
        wording out{command_.label.zh, within_a_line(command_.label.en)};
        bool first = true;
        for (const auto& more : {command_.hint, command_.grave}) {
            if (more.empty()) continue;
            out.zh += (first ? "：" : "") + more.zh;
            out.en += (first ? ": " + within_a_line(more.en) : " " + more.en);
            first = false;
        }
        // A line of a list, which ends without a stop.
        if (out.zh.ends_with("。")) out.zh.resize(out.zh.size() - std::string_view("。").size());
        if (out.en.ends_with(".")) out.en.pop_back();
        return out;
    }

    void add(const std::vector<described_field>& fields, const std::string& within, bool needed) {
        for (const auto& f : fields) {
            if (f.is == shape::extras) continue;  // added_fields_of() has them
            const auto key = within.empty() ? f.name : within + "/" + f.name;
            if (f.is == shape::bilingual) {
                add_languages(f, key, needed);
                continue;
            }
            if (f.is == shape::group) {
                if (within.empty()) add_file(f);
                add(f.fields, key, needed && f.required);
                continue;
            }
            const bool argument = !has_argument_ && needed && f.required && is_words(f);
            has_argument_ = has_argument_ || argument;
            // It may be the file itself, over which the options are laid, and so stands where that stands.
            const bool or_file = argument && !within.empty();
            const auto at = or_file ? file_at_ + 1 : fields_.size();
            auto& made = *fields_.emplace(fields_.begin() + static_cast<std::ptrdiff_t>(at));
            described_.insert(described_.begin() + static_cast<std::ptrdiff_t>(at), &f);
            made.name = argument ? in_capitals(dashed(f.name)) : name_of(key, f);
            made.key = key;
            made.is = or_file ? value::words_or_file : value_of(f);
            made.about = kept(or_file ? wording{f.label.zh + "，或" + form_->label.zh + "的 JSON 文件", within_a_line(f.label.en) + ", or the " + within_a_line(form_->label.en) + " as a JSON file"} : about(f));
            made.required = needed && f.required;
            if (f.is == shape::choice)
                for (const auto& o : f.options) made.choices.push_back(o.name);
            if (f.is == shape::yes_no) made.choices = {"yes", "no"};
            made.within = range_of(f);
            if (made.is == value::json_file) made.in_file = &f.fields;
            if (or_file) made.in_file = fields_[file_at_].in_file;
        }
    }

    /// A line in both languages is two options.
    void add_languages(const described_field& f, const std::string& key, bool needed) {
        for (const char* which : {"zh", "en"}) {
            auto& made = fields_.emplace_back();
            made.name = name_of(key, f) + "-" + which;
            made.key = key + "/" + which;
            made.about = kept(which == std::string_view("zh") ? with_language(f, {"中文", "in Chinese"}) : with_language(f, {"英文", "in English"}));
            made.required = needed && f.required;
            described_.push_back(&f);
        }
    }

    /// Options are laid over what the file says, so the file is put before them.
    void add_file(const described_field& group) {
        file_at_ = fields_.size();
        form_ = &group;
        const auto zh = fmt::format("{}的 JSON 文件；opsroom {} template {} 给出样张", group.label.zh, kind_.name, command_.verb());
        const auto en = fmt::format("{} as a JSON file; opsroom {} template {} prints one to fill in", within_a_line(group.label.en), kind_.name, command_.verb());
        auto& made = fields_.emplace_back();
        made.name = file_name_.empty() ? "--file" : fmt::format("--{}-file", dashed(group.name));
        made.key = group.name;
        made.is = value::json_file;
        made.about = kept({zh, en});
        made.in_file = &group.fields;
        described_.push_back(nullptr);
        if (file_name_.empty()) file_name_ = made.name;
    }

    /// With what it is part of before it where its own name is taken.
    std::string name_of(const std::string& key, const described_field& f) const {
        const auto is_taken = [&](const std::string& name) {
            return std::find(std::begin(taken), std::end(taken), name) != std::end(taken) ||
                   std::any_of(fields_.begin(), fields_.end(), [&](const field& had) { return had.name == name; });
        };
        // Of what lies deeper in a form, where it lies: "--budget-currency".
        const auto first = key.find('/');
        auto name = "--" + dashed(first == key.npos || key.find('/', first + 1) == key.npos ? f.name : key.substr(first + 1));
        std::replace(name.begin(), name.end(), '/', '-');
        if (!is_taken(name)) return name;
        auto whole = "--" + dashed(key);
        std::replace(whole.begin(), whole.end(), '/', '-');
        return whole;
    }

    std::string examples(const std::vector<field>& fields, language l) const {
        auto out = example(fields, l, false);
        if (!form_) return out;
        out += fmt::format("\nopsroom {0} template {1} > {0}.json\n", kind_.name, command_.verb());
        return out + example(fields, l, true);
    }

    /// Typed, or with what is in forms from a file.
    std::string example(const std::vector<field>& fields, language l, bool from_file) const {
        auto out = fmt::format("opsroom {} {}", kind_.name, command_.verb());
        if (!command_.creates) out += " 3";
        if (from_file) out += fmt::format(" {} {}.json", file_name_, kind_.name);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto* f = described_[i];
            if (!f || (!fields[i].required && f->example.empty())) continue;
            if (from_file && fields[i].key.find('/') != std::string::npos) continue;
            if (fields[i].name.starts_with('-')) out += " " + fields[i].name;
            out += " " + typed(*f, l);
        }
        return out;
    }

    static std::string typed(const described_field& f, language l) {
        const auto said = f.example.in(l);
        switch (f.is) {
            case shape::day: return said.empty() ? "+3d" : said;
            case shape::event:
            case shape::number:
            case shape::numbers:
            case shape::percent: return said.empty() ? std::to_string(std::max<std::uint64_t>(f.least, 1)) : said;
            case shape::reference:
            case shape::references: return said.empty() ? "3" : said;
            case shape::money: return said.empty() ? "1200.00" : said;
            case shape::yes_no: return said.empty() ? "yes" : said;
            case shape::choices:
            case shape::choice: return !said.empty() || f.options.empty() ? said : f.options.front().name;
            case shape::person:
            case shape::people: return said.empty() ? "@li.na" : said;
            case shape::list: return f.fields.empty() ? fmt::format("\"{}\"", said.empty() ? "…" : said) : f.name + ".json";
            case shape::files: return said.empty() ? "report.pdf" : said;
            default: return said.empty() ? "…" : fmt::format("\"{}\"", said);
        }
    }

    const described_kind& kind_;
    const described_command& command_;
    std::vector<field> fields_;
    std::vector<const described_field*> described_;  ///< beside them; null of a file
    std::size_t file_at_ = 0;  ///< of the newest form
    const described_field* form_ = nullptr;
    std::string file_name_;
    bool has_argument_ = false;
};

}  // namespace

std::vector<write_row> described_rows(const schema& of) {
    std::vector<write_row> out;
    for (const auto& kind : of.kinds())
        for (const auto& command : kind.commands)
            if (!command.by_system) out.push_back(row_maker(kind, command).row());
    return out;
}

}  // namespace cli
