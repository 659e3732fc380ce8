#include <curl/curl.h>

/* curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call: one typed function
 * per kind of argument. The parentheses keep curl's type-checking macros of the same names out. */

static inline CURLcode roost_curl_set_long(CURL *easy, CURLoption option, long value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode roost_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode roost_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode roost_curl_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode roost_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(easy, option, value);
}

typedef size_t (*roost_curl_data_callback)(char *bytes, size_t size, size_t count, void *user);

static inline CURLcode roost_curl_set_data_callback(CURL *easy, CURLoption option, roost_curl_data_callback value) {
    return (curl_easy_setopt)(easy, option, value);
}

typedef int (*roost_curl_trailer_callback)(struct curl_slist **trailers, void *user);

static inline CURLcode roost_curl_set_trailer_callback(CURL *easy, CURLoption option, roost_curl_trailer_callback value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode roost_curl_get_long(CURL *easy, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLMcode roost_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

/* Macros of casts and bit expressions do not come through to Swift. */
static const long roost_curl_global_default = CURL_GLOBAL_DEFAULT;
static const long roost_curl_http_1_1 = CURL_HTTP_VERSION_1_1;
static const long roost_curl_tls_1_2 = CURL_SSLVERSION_TLSv1_2;
static const size_t roost_curl_read_pause = CURL_READFUNC_PAUSE;
static const int roost_curl_continue = CURLPAUSE_CONT;
static const size_t roost_curl_error_size = CURL_ERROR_SIZE;
