// What people give of what the schema describes, as rows: what has to be said stands as arguments where that are few things, what else there is as
// options. A form's fields stand beside the command's own, and the whole of it may come from a file.

#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/rows.hpp"
#include "clients/cli/commands/typed_as.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace cli {
namespace {

/// Every command has these, and those with a form also --field and --attach: no field is called so.
constexpr std::string_view taken[] = {"--file",  "--output", "--lang",       "--color", "--bom",  "--quiet",
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
        case shape::hundredths: return value::money;
        case shape::lines:
        case shape::remarks: return value::items;
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
wording about(const described_field& f, value typed) {
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
    switch (typed) {
        case value::figures: add({"写成 名称=之前..现在 单位；可多次给出", "as NAME=BEFORE..NOW UNIT; may be given many times"}); break;
        case value::results: add({"按序给出：met、partly 或 not_met，可加“:说明”", "in order: met, partly or not_met, with :NOTE if need be"}); break;
        case value::people:
        case value::words:
        case value::numbers: add({"用逗号分隔", "comma between"}); break;
        case value::items:
        case value::counts:
        case value::files: add({"可多次给出", "may be given many times"}); break;
        case value::json_file: add({"JSON 文件", "a JSON file"}); break;
        case value::text:
            if (f.is == shape::prose) add({"“-”表示从标准输入读", "- reads it from stdin"});
            break;
        default: break;
    }
    return out;
}

/// Of a list of a name and a number each: "NAME=N".
bool counts_something(const described_field& f) {
    return f.is == shape::list && f.fields.size() == 2 && (f.fields[0].is == shape::code || f.fields[0].is == shape::line) && f.fields[1].is == shape::number;
}

/// Whether only a file can hold it.
bool comes_from_a_file(const described_field& f, const std::string& key) {
    const auto* as = typed_as_of(key);
    return f.is == shape::list && !f.fields.empty() && !counts_something(f) && (!as || as->is == value::text);
}

bool has_extras(const described_field& f) { return std::any_of(f.fields.begin(), f.fields.end(), [](const auto& one) { return one.is == shape::extras; }); }

/// What the command is there to fill in.
bool is_form(const described_field& f) { return f.name == "form" || has_extras(f); }

class row_maker {
public:
    row_maker(const described_kind& kind, const described_command& command) : kind_(kind), command_(command) {}

    write_row row() {
        write_row out;
        out.noun = kind_.name;
        out.verb = command_.verb();
        out.type = command_.type;
        out.target = command_.creates ? target::none : kind_.name == "member" ? target::member : kind_.name == "channel" ? target::channel : target::entity;
        out.about = kept(about_command());
        has_extras_ = std::any_of(command_.fields.begin(), command_.fields.end(), has_extras);
        collect(command_.fields, {}, true);
        add_files();
        const auto arguments = choose_arguments();
        for (const auto& key : arguments)
            for (const auto& one : all_)
                if (one.key == key) add(one, true, arguments.size() == 1);
        for (const auto& one : all_)
            if (std::find(arguments.begin(), arguments.end(), one.key) == arguments.end()) add(one, false, false);
        merge_alike();
        out.fields = std::move(fields_);
        out.examples = {examples(out.fields, language::zh), examples(out.fields, language::en)};
        return out;
    }

private:
    /// Something that is typed, and where it goes.
    struct part {
        const described_field* f;
        std::string key;
        bool required;
        bool own() const { return key.find('/') == key.npos; }
    };

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

    void collect(const std::vector<described_field>& fields, const std::string& within, bool needed) {
        for (const auto& f : fields) {
            const auto key = within.empty() ? f.name : within + "/" + f.name;
            const auto* as = typed_as_of(key);
            if (f.is == shape::extras || (as && as->name.empty())) continue;  // added_fields_of() has those
            if (f.is == shape::group) collect(f.fields, key, needed && f.required);
            else all_.push_back({&f, key, needed && f.required && !default_of(f)});
        }
    }

    /// Options are laid over what a file says, so the file is put before them. What can't be typed otherwise is an argument.
    void add_files() {
        const auto from_file = [&](const part& one) { return comes_from_a_file(*one.f, one.key); };
        if (std::any_of(all_.begin(), all_.end(), [&](const part& one) { return one.own() && from_file(one); })) {
            add_file("FILE", "*", command_.label, command_.fields, true);
            return;
        }
        for (const auto& group : command_.fields) {
            if (!is_filled_in(group)) continue;
            const bool whole = is_form(group) && std::any_of(group.fields.begin(), group.fields.end(), [&](const auto& f) { return comes_from_a_file(f, group.name + "/" + f.name); });
            add_file(whole ? "FILE" : is_form(group) ? "--file" : "--" + dashed(group.name), group.name, group.label, group.fields, whole);
            if (is_form(group)) form_ = &group;
        }
    }

    void add_file(std::string name, std::string key, const wording& label, const std::vector<described_field>& holds, bool argument) {
        auto& made = fields_.emplace_back();
        const bool print = form_in(command_) != nullptr;
        made.about = kept({label.zh + "的 JSON 文件" + (print ? fmt::format("；opsroom {} template {} 给出样张", kind_.name, command_.verb()) : ""),
                           within_a_line(label.en) + " as a JSON file" + (print ? fmt::format("; opsroom {} template {} prints one to fill in", kind_.name, command_.verb()) : "")});
        made.name = std::move(name);
        made.key = std::move(key);
        made.is = value::json_file;
        made.in_file = &holds;
        made.required = argument;
        described_.push_back(nullptr);
        if (argument) file_is_argument_ = true;
        if (file_name_.empty()) file_name_ = made.name;
    }

    /// One day is said; of two, which is which has to be said too.
    static bool can_be_argument(const part& one, const std::vector<part>& beside) {
        const auto& f = *one.f;
        if (f.is == shape::day) {
            const auto days = std::count_if(beside.begin(), beside.end(), [](const part& p) { return p.f->is == shape::day; });
            return days == 1 && beside.front().f == one.f;
        }
        return f.is == shape::people || !(f.is_many() || f.is == shape::hash || f.is == shape::bilingual || f.is == shape::moment);
    }

    /// What makes something new is called by its first text, everything else about it by its name. Elsewhere whatever has to be said is an argument, as
    /// long as that are few things, and then a remark that may be added; of a longer form what it says first, unless something has to be said beside it.
    std::vector<std::string> choose_arguments() const {
        if (file_is_argument_) return {};
        if (const auto said = arguments_of(command_.type)) return *said;
        constexpr std::size_t few = 3;
        std::vector<part> needed, able, own;
        for (const auto& one : all_)
            if (one.required) needed.push_back(one);
        for (const auto& one : needed)
            if (can_be_argument(one, needed)) able.push_back(one);
        for (const auto& one : able)
            if (one.own()) own.push_back(one);
        const auto text = std::find_if(able.begin(), able.end(), [](const part& one) { return is_words(*one.f); });
        std::vector<part> out;
        if (command_.creates) out = text == able.end() ? able : std::vector{*text};
        else if (needed.size() <= few) out = able;
        else if (!own.empty()) out = own;
        else if (text != able.end()) out = {*text};
        std::vector<std::string> keys;
        for (const auto& one : out) keys.push_back(one.key);
        if (command_.creates) return keys;
        for (const auto& one : all_)
            if (!one.required && one.own() && one.f->is == shape::prose) {
                keys.push_back(one.key);
                break;
            }
        return keys;
    }

    void add(const part& one, bool argument, bool alone) {
        const auto& f = *one.f;
        if (f.is == shape::bilingual) return add_languages(one);
        // It may be the file itself, over which the options are laid.
        const bool or_file = argument && alone && !one.own() && form_ && one.key.starts_with(form_->name + "/");
        const auto* as = typed_as_of(one.key);
        auto& made = fields_.emplace_back();
        described_.push_back(&f);
        made.name = argument ? argument_of(one) : name_of(one.key, f);
        made.key = one.key;
        made.is = or_file ? value::words_or_file : as && as->is != value::text && f.is == shape::list ? as->is : counts_something(f) ? value::counts : value_of(f);
        made.about = kept(or_file ? wording{f.label.zh + "，或" + form_->label.zh + "的 JSON 文件", within_a_line(f.label.en) + ", or the " + within_a_line(form_->label.en) + " as a JSON file"} : about(f, made.is));
        made.required = one.required || (argument && arguments_of(command_.type));
        if (f.is == shape::choice)
            for (const auto& o : f.options) made.choices.push_back(o.name);
        if (f.is == shape::yes_no) made.choices = {"yes", "no"};
        made.within = made.is == value::counts ? range_of(f.fields[1]) : range_of(f);
        if (made.is == value::json_file || made.is == value::counts) made.in_file = &f.fields;
        if (or_file) made.in_file = &form_->fields;
    }

    /// In parts beside each other fields are called alike: it is the part that tells them apart.
    static std::string argument_of(const part& one) {
        const auto last = one.key.rfind('/');
        const auto before = last == one.key.npos || last == 0 ? one.key.npos : one.key.rfind('/', last - 1);
        return in_capitals(dashed(before == one.key.npos ? one.f->name : one.key.substr(before + 1, last - before - 1)));
    }

    /// A line in both languages is two options.
    void add_languages(const part& one) {
        for (const char* which : {"zh", "en"}) {
            auto& made = fields_.emplace_back();
            made.name = name_of(one.key, *one.f) + "-" + which;
            made.key = one.key + "/" + which;
            made.about = kept(which == std::string_view("zh") ? with_language(*one.f, {"中文", "in Chinese"}) : with_language(*one.f, {"英文", "in English"}));
            made.required = one.required;
            described_.push_back(one.f);
        }
    }

    /// Options that are called the same in parts beside each other are one, given once for each of them or once for all.
    void merge_alike() {
        const auto parts_of = [](const std::string& key) {
            const auto last = key.rfind('/');
            const auto before = last == key.npos || last == 0 ? key.npos : key.rfind('/', last - 1);
            return before == key.npos ? std::pair<std::string, std::string>() : std::pair(key.substr(0, before), key.substr(last + 1));
        };
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            const auto where = parts_of(fields_[i].key);
            if (where.second.empty() || fields_[i].is != value::text || !fields_[i].name.starts_with('-') || !is_words(*described_[i])) continue;
            for (std::size_t n = i + 1; n < fields_.size();) {
                if (parts_of(fields_[n].key) != where || fields_[n].is != value::text || !fields_[n].name.starts_with('-')) {
                    ++n;
                    continue;
                }
                fields_[i].key += "|" + fields_[n].key;
                fields_.erase(fields_.begin() + static_cast<std::ptrdiff_t>(n));
                described_.erase(described_.begin() + static_cast<std::ptrdiff_t>(n));
            }
            if (fields_[i].key.find('|') == std::string::npos) continue;
            fields_[i].is = value::each;
            fields_[i].name = "--" + dashed(where.second);
            fields_[i].about = kept(with(about(*described_[i], value::text), {"各一条，依次给出；一条则用于全部", "one for each in that order, or one for all"}));
        }
    }

    /// With what it is part of before it where its own name is taken.
    std::string name_of(const std::string& key, const described_field& f) const {
        const auto is_taken = [&](const std::string& name) {
            if (name == "--attach" || name == "--field") return has_extras_;
            return std::find(std::begin(taken), std::end(taken), name) != std::end(taken) ||
                   std::any_of(fields_.begin(), fields_.end(), [&](const field& had) { return had.name == name; });
        };
        // Of what lies deeper in a form, where it lies: "--budget-currency".
        const auto first = key.find('/');
        const auto* as = typed_as_of(key);
        auto name = "--" + dashed(as ? std::string(as->name) : first == key.npos || key.find('/', first + 1) == key.npos ? f.name : key.substr(first + 1));
        std::replace(name.begin(), name.end(), '/', '-');
        if (!is_taken(name)) return name;
        auto whole = "--" + dashed(key);
        std::replace(whole.begin(), whole.end(), '/', '-');
        return whole;
    }

    std::string examples(const std::vector<field>& fields, language l) const {
        const bool printed = form_in(command_) != nullptr;
        if (file_is_argument_ && !printed) return example(fields, l, true);
        auto out = file_is_argument_ ? std::string() : example(fields, l, false);
        if (!printed) return out;
        if (!out.empty()) out += '\n';
        out += fmt::format("opsroom {0} template {1} > {0}.json\n", kind_.name, command_.verb());
        return out + example(fields, l, true);
    }

    /// Typed, or with what is in forms from a file.
    std::string example(const std::vector<field>& fields, language l, bool from_file) const {
        auto out = fmt::format("opsroom {} {}", kind_.name, command_.verb());
        if (!command_.creates) out += kind_.name == "member" ? " @li.na" : kind_.name == "channel" ? " general" : " 3";
        if (from_file) out += fmt::format(" {}{}.json", file_name_ == "FILE" ? "" : file_name_ + " ", kind_.name);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto* f = described_[i];
            const bool in_short = fields[i].is == value::figures || fields[i].is == value::results || fields[i].is == value::counts;
            if (!f || (!fields[i].required && f->example.empty() && !in_short)) continue;
            if (from_file && (fields[i].key.find('/') != std::string::npos || fields.front().key == "*")) continue;
            if (fields[i].name.starts_with('-')) out += " " + fields[i].name;
            out += " " + typed(fields[i], *f, l);
        }
        return out;
    }

    std::string typed(const field& as, const described_field& f, language l) const {
        if (as.is == value::figures) return l == language::zh ? "\"兑换率=12.5..9.8 %\"" : "\"redemption=12.5..9.8 %\"";
        if (as.is == value::results) return f.fields[1].options.front().name;
        if (as.is == value::counts) return typed({}, f.fields[0], l) + "=" + typed({}, f.fields[1], l);
        const auto said = f.example.in(l);
        switch (f.is) {
            case shape::day: return said.empty() ? "+3d" : said;
            case shape::hash: return hash_of_what_was_read();
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

    /// As its dossier has it.
    std::string hash_of_what_was_read() const {
        const auto found = std::find_if(kind_.fields.begin(), kind_.fields.end(), [](const auto& f) { return f.is == shape::hash; });
        return found == kind_.fields.end() ? "…" : fmt::format("$(opsroom {} show 3 -o json | jq -r .{})", kind_.name, found->name);
    }

    const described_kind& kind_;
    const described_command& command_;
    std::vector<part> all_;
    std::vector<field> fields_;
    std::vector<const described_field*> described_;  ///< beside them; null of a file
    const described_field* form_ = nullptr;          ///< the newest
    std::string file_name_;
    bool file_is_argument_ = false;
    bool has_extras_ = false;
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
