// Sealed pages by themselves.

#include "events/keys/memory_keyring.hpp"
#include "server/search/sealed_pages.hpp"
#include "tests/support/temp_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace sim::search_pages_tests {

namespace {

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("search kept: a page is what was kept last, and an earlier state of it is noticed", "[sim][search]") {
    support::temp_folder folder;
    const events::memory_keyring keys;
    using server::search::sealed_pages;
    const auto page = [](char of) { return std::string(sealed_pages::page_bytes - sealed_pages::seal_bytes, of) + std::string(sealed_pages::seal_bytes, '\0'); };
    const auto read = [&](const sealed_pages& from) {
        std::string all(sealed_pages::page_bytes, ' ');
        from.read(0, all.data());
        return all;
    };
    std::string earlier;
    {
        sealed_pages pages(folder / "pages", keys);
        for (const char of : {'a', 'b', 'c'}) {
            pages.write(0, page(of).data());
            pages.keep(std::string("note ") + of);
            if (of == 'a') earlier = bytes_of(folder / "pages" / "pages-1");
        }
        CHECK(read(pages) == page('c'));
        pages.write(0, page('d').data());
        CHECK(read(pages) == page('d'));
    }
    {
        const sealed_pages pages(folder / "pages", keys);
        CHECK(pages.note() == "note c");
        CHECK(read(pages) == page('c'));
    }
    REQUIRE(earlier.size() == sealed_pages::page_bytes);
    std::fstream(folder / "pages" / "pages-1", std::ios::in | std::ios::out | std::ios::binary).write(earlier.data(), static_cast<std::streamsize>(earlier.size()));
    const sealed_pages pages(folder / "pages", keys);
    CHECK_THROWS_AS(read(pages), sealed_pages::damaged);
}

}  // namespace sim::search_pages_tests
