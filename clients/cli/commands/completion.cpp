// Completion scripts, written out of the tree of commands itself.

#include "clients/cli/commands/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& each : words) out += (out.empty() ? "" : " ") + each;
    return out;
}

std::vector<const CLI::App*> children(const CLI::App* app) { return app->get_subcommands([](const CLI::App*) { return true; }); }

std::vector<std::string> dashed(const CLI::Option* option) {
    std::vector<std::string> out;
    for (const auto& each : option->get_lnames()) out.push_back("--" + each);
    for (const auto& each : option->get_snames()) out.push_back("-" + each);
    return out;
}

/// What may stand where a value is to stand.
struct value_choices {
    std::string of;  ///< " task list:--status"; of a global option, which is taken everywhere, "*:--output"
    std::vector<std::string> words;
    bool files = false;
};

/// One command: its path and what may follow it.
struct place {
    std::string path;                                           ///< " task list"; empty at the root
    std::vector<std::pair<std::string, std::string>> commands;  ///< with what they do
    std::vector<std::string> options;
    std::vector<std::string> words;  ///< choices of arguments
    bool files = false;              ///< an argument is a file
};

struct whole {
    std::vector<place> places;
    std::vector<value_choices> values;
};

bool is_file(const std::string& value) { return value == "FILE" || value == "FOLDER"; }

void collect(const tree& t, const CLI::App* app, const std::string& path, whole& out) {
    place here{path, {}, {}, {}, false};
    for (const auto* each : app->get_options()) {
        const auto& choices = t.choices_of(each);
        if (each->get_positional()) {
            here.words.insert(here.words.end(), choices.begin(), choices.end());
            here.files = here.files || is_file(each->get_name(true));
            continue;
        }
        for (const auto& name : dashed(each)) {
            here.options.push_back(name);
            // Flags take none.
            if (each->get_items_expected_max() != 0)
                out.values.push_back({(path.empty() ? "*" : "\"" + path + "\"") + ":" + name, choices, is_file(t.value_of(each))});
        }
    }
    for (const auto* each : children(app)) here.commands.emplace_back(each->get_name(), each->get_description());
    out.places.push_back(here);
    for (const auto* each : children(app)) collect(t, each, path + " " + each->get_name(), out);
}

whole collected(tree& t) {
    whole out;
    collect(t, &t.root(), "", out);
    // Global options are taken everywhere.
    const auto global = out.places.front().options;
    for (auto& each : out.places) {
        for (const auto& option : global)
            if (std::find(each.options.begin(), each.options.end(), option) == each.options.end()) each.options.push_back(option);
    }
    return out;
}

/// The part that both shells run alike: which command has been typed so far, past the values of options. What is typed
/// may be a value itself: `value_of` is then its option. (Not called `path`: zsh has one.)
std::string place_finder(const whole& all, const std::string& words) {
    std::string known;
    std::string taking;
    for (const auto& each : all.places)
        if (!each.path.empty()) known += (known.empty() ? "" : "|") + fmt::format("\"{}\"", each.path);
    for (const auto& each : all.values) taking += (taking.empty() ? "" : "|") + each.of;
    return fmt::format("  local place=\"\" value_of=\"\" word\n"
                       "  for word in {}; do\n"
                       "    if [[ -n $value_of ]]; then\n"
                       "      [[ $word == \"=\" ]] || value_of=\"\"\n"
                       "      continue\n"
                       "    fi\n"
                       "    case \"$place $word\" in\n"
                       "      {}) place=\"$place $word\"; continue ;;\n"
                       "    esac\n"
                       "    case \"$place:$word\" in\n"
                       "      {}) value_of=$word ;;\n"
                       "    esac\n"
                       "  done\n", words, known, taking);
}

/// `offer` with "{}" for the choices.
std::string value_cases(const whole& all, const std::string& offer, const std::string& offer_files) {
    std::string out = "  if [[ -n $value_of ]]; then\n    case \"$place:$value_of\" in\n";
    for (const auto& each : all.values) {
        if (each.files) out += fmt::format("      {}) {} ;;\n", each.of, offer_files);
        else if (!each.words.empty()) out += fmt::format("      {}) {} ;;\n", each.of, fmt::format(fmt::runtime(offer), joined(each.words)));
    }
    return out + "    esac\n    return\n  fi\n";
}

std::string bash_script(tree& t) {
    const auto all = collected(t);
    const std::string files = "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")";
    auto out = std::string("# bash completion for opsroom:  source <(opsroom completion bash)\n_opsroom() {\n"
                           "  local current=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\"\n  COMPREPLY=()\n"
                           "  # bash parts --status=done at the \"=\".\n  [[ $current == \"=\" ]] && current=\"\"\n") +
               place_finder(all, "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\"") +
               value_cases(all, "COMPREPLY=($(compgen -W \"{}\" -- \"$current\"))", files) + "  case \"$place\" in\n";
    for (const auto& each : all.places) {
        std::vector<std::string> plain;
        for (const auto& [name, about] : each.commands) plain.push_back(name);
        plain.insert(plain.end(), each.words.begin(), each.words.end());
        out += fmt::format("    \"{}\") words=\"{}\"; [[ $current == -* ]] && words=\"{}\" ;;\n", each.path, joined(plain), joined(each.options));
    }
    out += "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n  case \"$place\" in\n";
    for (const auto& each : all.places)
        if (each.files) out += fmt::format("    \"{}\") if [[ $current != -* ]]; then {}; fi ;;\n", each.path, files);
    return out + "  esac\n}\ncomplete -F _opsroom opsroom\n";
}

/// For zsh's _describe, where a colon parts the word from what it does.
std::string described(const std::string& word, const std::string& about) {
    std::string out;
    for (const char c : word + ":" + about) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return "'" + out + "'";
}

std::string zsh_script(tree& t) {
    const auto all = collected(t);
    auto out = std::string("#compdef opsroom\n# zsh completion for opsroom:  opsroom completion zsh > \"${fpath[1]}/_opsroom\"\n_opsroom() {\n"
                           "  local -a commands options\n  local files=\"\"\n") +
               place_finder(all, "\"${(@)words[2,CURRENT-1]}\"") +
               "  # --status=done is one word here.\n"
               "  if [[ -z $value_of && $PREFIX == --*=* ]]; then\n    value_of=${PREFIX%%=*}\n    compset -P 1 '*='\n  fi\n" +
               value_cases(all, "compadd -- {}", "_files") + "  case \"$place\" in\n";
    for (const auto& each : all.places) {
        std::string commands;
        for (const auto& [name, about] : each.commands) commands += " " + described(name, about);
        for (const auto& word : each.words) commands += " " + described(word, "");
        out += fmt::format("    \"{}\") commands=({}); options=({}){} ;;\n", each.path, commands, joined(each.options), each.files ? "; files=1" : "");
    }
    return out + "  esac\n  if [[ $PREFIX == -* ]]; then compadd -- $options\n"
                 "  elif (( $#commands )); then _describe opsroom commands\n  elif [[ -n $files ]]; then _files\n  fi\n}\n"
                 "if [ \"$funcstack[1]\" = _opsroom ]; then _opsroom \"$@\"; else compdef _opsroom opsroom; fi\n";
}

}  // namespace

void add_completion(tree& t) {
    auto* noun = t.noun("completion", {"命令补全脚本", "completion scripts"},
                        "source <(opsroom completion bash)\nopsroom completion zsh > ~/.zfunc/_opsroom");
    t.verb(noun, "bash", {"bash 的补全脚本", "for bash"}, "source <(opsroom completion bash)",
           [&t](context& about) { about.out << bash_script(t); });
    t.verb(noun, "zsh", {"zsh 的补全脚本", "for zsh"}, "opsroom completion zsh > ~/.zfunc/_opsroom",
           [&t](context& about) { about.out << zsh_script(t); });
}

}  // namespace cli
