#include "server/identity/weak_password.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <string>
#include <vector>

namespace server::identity {
namespace {

using letters = std::u32string;

// What is left of a common password without its digits and signs.
constexpr std::u32string_view stems[] = {
    U"aaaaaa", U"abcabc", U"abcdef", U"access", U"admin", U"administrator", U"adminadmin", U"adobe", U"aini", U"amanda", U"america",
    U"andrea", U"andrew", U"angel", U"anhyeuem", U"animal", U"anthony", U"apple", U"arsenal", U"asdasd", U"ashley", U"asshole", U"austin",
    U"babygirl", U"bailey", U"barcelona", U"baseball", U"basketball", U"batman", U"beijing", U"biteme", U"blink", U"bonjour", U"brandon",
    U"buster", U"butterfly", U"changeit", U"changeme", U"charlie", U"cheese", U"chelsea", U"china", U"chocolate", U"christian", U"chocolat",
    U"company", U"compaq", U"computer", U"cookie", U"correcthorsebatterystaple", U"crystal", U"daniel", U"dearbook", U"default", U"demo",
    U"department", U"diamond", U"dragon", U"elizabeth", U"email", U"estrella", U"eminem", U"fdsa", U"flower", U"football", U"forever", U"freedom",
    U"friends", U"fuckyou", U"george", U"ginger", U"google", U"guest", U"hahaha", U"handsome", U"hannah", U"harley", U"hello",
    U"helloworld", U"hockey", U"hunter", U"iloveu", U"iloveyou", U"internet", U"jasmine", U"jennifer", U"jessica", U"jesus", U"jordan",
    U"joshua", U"justin", U"killer", U"lakers", U"letmein", U"letmeinnow", U"liverpool", U"login", U"london", U"love", U"lovely", U"loveme",
    U"maggie", U"manager", U"martin", U"master", U"matrix", U"matthew", U"merlin", U"michael", U"michelle", U"microsoft", U"minecraft",
    U"mima", U"mimamima", U"monkey", U"monster", U"mustang", U"mypassword", U"naruto", U"nicole", U"ninja", U"nopassword",
    U"office", U"operation", U"operations", U"operator", U"opsroom", U"opsroomdemo", U"orange", U"passpass", U"passwd", U"passw", U"passport",
    U"password", U"passwordpassword", U"passwort", U"patrick", U"peanut", U"pepper", U"pokemon", U"princess", U"public", U"purple",
    U"qazwsx", U"qazwsxedc", U"qqqqqq", U"qweasd", U"qweasdzxc", U"qweqwe", U"qwer", U"qwert", U"qwerty", U"qwertyuiop", U"ranger", U"robert",
    U"root", U"rootroot", U"samsung", U"samantha", U"secret", U"senha", U"server", U"shadow", U"shanghai", U"silver", U"soccer", U"softball",
    U"someone", U"spring", U"starwars", U"success", U"summer", U"sunshine", U"superman", U"support", U"system", U"taylor", U"temp", U"tempor", U"temporary",
    U"test", U"tester", U"testing", U"testtest", U"thomas", U"tigger", U"trustno", U"unknown", U"user", U"username", U"welcome", U"whatever",
    U"william", U"windows", U"winner", U"winter", U"wodemima", U"woaini", U"woaiwo", U"xiaoming", U"yankees", U"zaqwsx", U"zxcvbn", U"zxcvbnm",
    U"密码", U"密码密码", U"我爱你", U"管理员", U"运营部",
};

// Neighbours on these are a run, forwards and backwards.
constexpr std::u32string_view rows[] = {
    U"01234567890", U"abcdefghijklmnopqrstuvwxyz", U"qwertyuiop", U"asdfghjkl", U"zxcvbnm", U"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    U"qazwsxedcrfvtgbyhnujmikolp", U"1q2w3e4r5t6y7u8i9o0p", U"!@#$%^&*()", U"一二三四五六七八九十",
};

// Case folded; what can't be read is left out.
letters folded(std::string_view text) {
    letters all;
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t one = 0;
        const auto bytes = utf8proc_iterate(at, left, &one);
        if (bytes <= 0) break;
        all.push_back(static_cast<char32_t>(utf8proc_tolower(one)));
        at += bytes;
        left -= bytes;
    }
    return all;
}

bool is_letter(char32_t c) {
    const auto kind = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool is_visible(char32_t c) {
    const auto kind = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return !(kind >= UTF8PROC_CATEGORY_ZS) && kind != UTF8PROC_CATEGORY_CN;
}

// Letters that are written as digits or signs.
letters plain(letters text) {
    for (auto& c : text) switch (c) {
            case U'0': c = U'o'; break;
            case U'1': case U'!': c = U'i'; break;
            case U'3': c = U'e'; break;
            case U'4': case U'@': c = U'a'; break;
            case U'5': case U'$': c = U's'; break;
            case U'7': c = U't'; break;
            default: break;
        }
    return text;
}

letters only_letters(const letters& text) {
    letters left;
    std::copy_if(text.begin(), text.end(), std::back_inserter(left), is_letter);
    return left;
}

// Without the digits and signs before and after.
letters stem_of(const letters& text) {
    const auto first = std::find_if(text.begin(), text.end(), is_letter);
    const auto last = std::find_if(text.rbegin(), std::make_reverse_iterator(first), is_letter).base();
    return {first, last};
}

bool is_stem(const letters& text) {
    return std::any_of(std::begin(stems), std::end(stems), [&](std::u32string_view s) { return s == text; });
}

// As often as the same comes again, once: "abcabc" and "qwerqwer" are short.
std::size_t period_of(const letters& text) {
    for (std::size_t n = 1; n < text.size(); ++n) {
        bool same = true;
        for (std::size_t i = n; i < text.size() && same; ++i) same = text[i] == text[i - n];
        if (same) return n;
    }
    return text.size();
}

// Pieces of at least three that follow one another on a row, or are one sign: how many signs are in none of them.
std::size_t outside_runs(const letters& text) {
    std::size_t outside = 0;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t longest = 1;
        while (i + longest < text.size() && text[i + longest] == text[i]) ++longest;
        for (const auto row : rows)
            for (const bool forwards : {true, false}) {
                std::size_t n = 1;
                auto at = row.find(text[i]);
                while (at != row.npos && i + n < text.size()) {
                    const auto next = forwards ? at + 1 : at - 1;
                    if (next >= row.size() || row[next] != text[i + n]) break;
                    at = next;
                    ++n;
                }
                longest = std::max(longest, n);
            }
        if (longest >= 3) {
            i += longest;
        } else {
            ++outside;
            ++i;
        }
    }
    return outside;
}

constexpr std::size_t few = 4;

bool is_made_of(const letters& password, const letters& name) {
    if (name.size() < 2) return false;
    auto bare = only_letters(password);
    bare.resize(period_of(bare));
    const auto at = bare.find(name);
    return at != bare.npos && bare.size() - name.size() < few;
}

// The whole of it, and each of its words.
bool is_made_of(const letters& password, std::string_view own) {
    const auto text = folded(own);
    letters word;
    for (const auto c : text) {
        if (is_letter(c)) {
            word += c;
        } else {
            if (is_made_of(password, word)) return true;
            word.clear();
        }
    }
    return is_made_of(password, word) || is_made_of(password, only_letters(text));
}

}  // namespace

bool is_weak(std::string_view password, std::initializer_list<std::string_view> own) {
    const auto text = folded(password);
    if (std::none_of(text.begin(), text.end(), is_visible)) return true;
    constexpr std::size_t digits_min = 12;
    if (std::all_of(text.begin(), text.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; }) && text.size() < digits_min) return true;
    // One sign again and again, and two or three of them.
    if (const auto period = period_of(text); period < few && 2 * period <= text.size()) return true;
    if (outside_runs(text) < few) return true;
    for (const auto& one : {text, plain(text)})
        for (const auto& stem : {stem_of(one), only_letters(one)})
            if (is_stem(stem) || (period_of(stem) < stem.size() && is_stem(stem.substr(0, period_of(stem))))) return true;
    return std::any_of(own.begin(), own.end(), [&](std::string_view o) { return is_made_of(text, o); });
}

}  // namespace server::identity
