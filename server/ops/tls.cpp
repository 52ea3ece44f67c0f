#include "server/ops/tls.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace server::ops {
namespace {

constexpr long valid_days = 825;

template <auto Free>
struct freed {
    template <class T>
    void operator()(T* p) const {
        Free(p);
    }
};
using bio_ptr = std::unique_ptr<BIO, freed<BIO_free_all>>;
using key_ptr = std::unique_ptr<EVP_PKEY, freed<EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, freed<X509_free>>;

config_problem openssl_failed() {
    char why[256];
    ERR_error_string_n(ERR_get_error(), why, sizeof why);
    return {std::string("无法生成证书：") + why, std::string("the certificate can't be made: ") + why};
}

bool is_address(const std::string& host) {
    unsigned char bytes[16];
    return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

// Letters, digits, dots, hyphens; a star may be the first label. Also keeps commas and the like out of the extension.
bool is_host(const std::string& host) {
    if (host.empty() || host.size() > 253) return false;
    const auto rest = host.starts_with("*.") ? host.substr(2) : host;
    return !rest.empty() && rest.front() != '.' && rest.front() != '-' &&
           std::all_of(rest.begin(), rest.end(), [](unsigned char c) { return (c < 0x80 && std::isalnum(c)) || c == '.' || c == '-'; });
}

bool add_extension(X509* to, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, to, to, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, freed<X509_EXTENSION_free>> e(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return e && X509_add_ext(to, e.get(), -1) == 1;
}

bool fill(X509* c, EVP_PKEY* key, const std::vector<std::string>& hosts) {
    unsigned char serial[16];
    if (RAND_bytes(serial, sizeof serial) != 1) return false;
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7f) | 0x40);  // positive, and always of one length
    const std::unique_ptr<BIGNUM, freed<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
    std::string names;
    for (const auto& h : hosts) names += (names.empty() ? "" : ",") + std::string(is_address(h) ? "IP:" : "DNS:") + h;
    // A common name holds at most 64 characters; clients read the alternative names anyway.
    const auto common = hosts.front().substr(0, 64);
    X509_NAME* subject = X509_get_subject_name(c);
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(c)) && X509_set_version(c, X509_VERSION_3) == 1 &&
           X509_gmtime_adj(X509_getm_notBefore(c), -300) &&  // clocks differ
           X509_time_adj_ex(X509_getm_notAfter(c), valid_days, -300, nullptr) && X509_set_pubkey(c, key) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1, 0) ==
               1 &&
           X509_set_issuer_name(c, subject) == 1 && add_extension(c, NID_subject_alt_name, names) &&
           add_extension(c, NID_basic_constraints, "critical,CA:FALSE") && add_extension(c, NID_key_usage, "critical,digitalSignature") &&
           add_extension(c, NID_ext_key_usage, "serverAuth") && X509_sign(c, key, EVP_sha256()) > 0;
}

std::string fingerprint(X509* c) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    X509_digest(c, EVP_sha256(), bytes, &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        constexpr char digits[] = "0123456789ABCDEF";
        if (i > 0) text += ':';
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

// O_EXCL: never over a file that is there.
template <class Write>
std::optional<config_problem> write_new(const std::filesystem::path& file, mode_t mode, const Write& write) {
    const auto failed = [&] {
        const std::string why = std::strerror(errno);
        return config_problem{file.string() + "：无法写入（" + why + "）", file.string() + ": can't be written (" + why + ")"};
    };
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0 && errno == EEXIST) {
        return config_problem{file.string() + "：文件已存在，未覆盖；请另选目录或先移走它",
                              file.string() + ": exists and was not replaced; choose another folder or move it away"};
    }
    if (fd < 0) return failed();
    bio_ptr out(BIO_new_fd(fd, BIO_NOCLOSE));
    const bool good = out && write(out.get()) && ::fsync(fd) == 0;
    auto problem = good ? std::nullopt : std::optional(failed());
    ::close(fd);
    if (!good) ::unlink(file.c_str());
    return problem;
}

}  // namespace

self_signed_result make_self_signed(const std::vector<std::string>& hosts, const std::filesystem::path& folder) {
    if (hosts.empty()) return {{}, {"至少需要一个 --host（主机名或 IP 地址）", "at least one --host is needed (a name or an IP address)"}};
    for (const auto& h : hosts) {
        if (!is_address(h) && !is_host(h)) {
            return {
                {},
                {"--host 应为主机名或 IP 地址，不能是 \"" + h + "\"", "--host takes a host's name or an IP address, not \"" + h + "\""}};
        }
    }
    const key_ptr key(EVP_EC_gen("P-256"));
    const certificate_ptr certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get(), hosts)) return {{}, openssl_failed()};

    std::error_code bad;
    std::filesystem::create_directories(folder, bad);
    if (bad) {
        return {{},
                {folder.string() + "：无法创建目录（" + bad.message() + "）",
                 folder.string() + ": the folder can't be made (" + bad.message() + ")"}};
    }
    self_signed made{folder / "cert.pem", folder / "key.pem", fingerprint(certificate.get())};
    const auto write_key = [&](BIO* out) {
        return PEM_write_bio_PKCS8PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
    };
    if (auto problem = write_new(made.key, 0600, write_key)) return {{}, std::move(*problem)};
    if (auto problem = write_new(made.certificate, 0644, [&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()) == 1; })) {
        ::unlink(made.key.c_str());
        return {{}, std::move(*problem)};
    }
    return {std::move(made), {}};
}

std::optional<config_problem> check_certificate(const std::string& certificate_file, const std::string& key_file) {
    ERR_clear_error();
    const bio_ptr certificate_in(BIO_new_file(certificate_file.c_str(), "r"));
    const certificate_ptr certificate(certificate_in ? PEM_read_bio_X509(certificate_in.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate) {
        return config_problem{certificate_file + "：无法作为 PEM 证书读取（tls_certificate）",
                              certificate_file + ": can't be read as a PEM certificate (tls_certificate)"};
    }
    const bio_ptr key_in(BIO_new_file(key_file.c_str(), "r"));
    // An empty passphrase, rather than a question on the terminal.
    char none[] = "";
    const key_ptr key(key_in ? PEM_read_bio_PrivateKey(key_in.get(), nullptr, nullptr, none) : nullptr);
    if (!key) {
        return config_problem{key_file + "：无法作为未加密的 PEM 私钥读取（tls_key）",
                              key_file + ": can't be read as an unencrypted PEM private key (tls_key)"};
    }
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        return config_problem{key_file + "：私钥与证书 " + certificate_file + " 不匹配",
                              key_file + ": this key does not belong to the certificate " + certificate_file};
    }
    if (X509_cmp_current_time(X509_get0_notAfter(certificate.get())) <= 0) {
        return config_problem{certificate_file + "：证书已过期，请更换", certificate_file + ": the certificate has expired; renew it"};
    }
    if (X509_cmp_current_time(X509_get0_notBefore(certificate.get())) >= 0) {
        return config_problem{certificate_file + "：证书尚未生效，请检查时钟",
                              certificate_file + ": the certificate is not valid yet; check the clock"};
    }
    return std::nullopt;
}

}  // namespace server::ops
