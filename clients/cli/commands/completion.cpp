// Completion scripts, written out of the tree of commands itself.

#include "clients/cli/commands/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

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

/// One command: its path, what may follow it, and what its options take.
struct place {
    std::string path;  ///< " task list"; empty at the root
    std::vector<std::pair<std::string, std::string>> commands;  ///< with what they do
    std::vector<std::string> options;
    std::vector<std::pair<std::string, std::string>> values;  ///< "--status" and its choices
    std::vector<std::string> words;                             ///< choices of arguments
};

void collect(const tree& t, const CLI::App* app, const std::string& path, std::vector<place>& out) {
    place here{path, {}, {}, {}, {}};
    for (const auto* each : app->get_options()) {
        const auto names = dashed(each);
        const auto& choices = t.choices_of(each);
        if (each->get_positional()) here.words.insert(here.words.end(), choices.begin(), choices.end());
        for (const auto& name : names) {
            here.options.push_back(name);
            if (!choices.empty()) here.values.emplace_back(name, joined(choices));
        }
    }
    for (const auto* each : children(app)) here.commands.emplace_back(each->get_name(), each->get_description());
    out.push_back(here);
    for (const auto* each : children(app)) collect(t, each, path + " " + each->get_name(), out);
}

std::vector<place> places_of(tree& t) {
    std::vector<place> out;
    collect(t, &t.root(), "", out);
    // Global options are taken everywhere.
    for (std::size_t i = 1; i < out.size(); ++i) {
        for (const auto& each : out.front().options)
            if (std::find(out[i].options.begin(), out[i].options.end(), each) == out[i].options.end()) out[i].options.push_back(each);
        out[i].values.insert(out[i].values.end(), out.front().values.begin(), out.front().values.end());
    }
    return out;
}

/// The part that both shells run alike: which command has been typed so far. (Not called `path`: zsh has one.)
std::string path_finder(const std::vector<place>& places, const std::string& words) {
    std::string known;
    for (const auto& each : places)
        if (!each.path.empty()) known += (known.empty() ? "" : "|") + fmt::format("\"{}\"", each.path);
    return fmt::format("  local place=\"\" word\n"
                       "  for word in {}; do\n"
                       "    case \"$place $word\" in\n"
                       "      {}) place=\"$place $word\" ;;\n"
                       "    esac\n"
                       "  done\n", words, known);
}

std::string value_cases(const std::vector<place>& places, const std::string& reply) {
    std::string out = "  case \"$place:$previous\" in\n";
    for (const auto& each : places)
        for (const auto& [option, choices] : each.values)
            out += fmt::format("    \"{}:{}\") {} ;;\n", each.path, option, fmt::format(fmt::runtime(reply), choices));
    return out + "  esac\n";
}

std::string bash_script(tree& t) {
    const auto places = places_of(t);
    auto out = std::string("# bash completion for opsroom:  source <(opsroom completion bash)\n_opsroom() {\n"
                           "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\" words=\"\"\n") +
               path_finder(places, "\"${COMP_WORDS[@]:1:COMP_CWORD-1}\"") +
               value_cases(places, "COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return") + "  case \"$place\" in\n";
    for (const auto& each : places) {
        std::vector<std::string> plain;
        for (const auto& [name, about] : each.commands) plain.push_back(name);
        plain.insert(plain.end(), each.words.begin(), each.words.end());
        out += fmt::format("    \"{}\") words=\"{}\"; [[ $current == -* ]] && words=\"{}\" ;;\n", each.path, joined(plain), joined(each.options));
    }
    return out + "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n}\ncomplete -o default -F _opsroom opsroom\n";
}

/// For zsh's _describe, where a colon parts the word from what it does.
std::string described(const std::string& word, const std::string& about) {
    std::string out;
    for (const char c : word + ":" + about) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return "'" + out + "'";
}

std::string zsh_script(tree& t) {
    const auto places = places_of(t);
    auto out = std::string("#compdef opsroom\n# zsh completion for opsroom:  opsroom completion zsh > \"${fpath[1]}/_opsroom\"\n_opsroom() {\n"
                           "  local current=\"${words[CURRENT]}\" previous=\"${words[CURRENT-1]}\"\n  local -a commands options\n") +
               path_finder(places, "\"${(@)words[2,CURRENT-1]}\"") + value_cases(places, "compadd -- {}; return") +
               "  case \"$place\" in\n";
    for (const auto& each : places) {
        std::string commands;
        for (const auto& [name, about] : each.commands) commands += " " + described(name, about);
        for (const auto& word : each.words) commands += " " + described(word, "");
        out += fmt::format("    \"{}\") commands=({}); options=({}) ;;\n", each.path, commands, joined(each.options));
    }
    return out + "  esac\n  if [[ $current == -* ]]; then compadd -- $options\n"
                 "  elif (( $#commands )); then _describe opsroom commands\n  else _files\n  fi\n}\n"
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
