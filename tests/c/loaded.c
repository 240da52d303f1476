/* A Windows program that loads the library at run time, from a folder and with a store whose names are outside ASCII:
 * the arguments are the address of a sandbox, the path of the DLL and a folder for the store. */

#include "check.h"

#include <shellapi.h>

/* A function of the library, by its name as it stands in the header. */
#define LOAD(name)                                                                             \
  __typeof__(&name) load_##name = (__typeof__(&name))(void *)GetProcAddress(library, #name);   \
  CHECK(load_##name != NULL)

static char *utf8(const wchar_t *text) {
  int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *copy = (char *)malloc((size_t)length);
  CHECK(copy != NULL && WideCharToMultiByte(CP_UTF8, 0, text, -1, copy, length, NULL, NULL) == length);
  return copy;
}

/* The path with its backslashes doubled, as JSON wants them. */
static char *escaped(const char *path) {
  char *copy = (char *)calloc(strlen(path) * 2 + 1, 1);
  CHECK(copy != NULL);
  for (char *to = copy; *path != 0; path++) {
    if (*path == '\\') *to++ = '\\';
    *to++ = *path;
  }
  return copy;
}

static char *version_text(const wchar_t *path, const wchar_t *name) {
  DWORD ignored = 0, size = GetFileVersionInfoSizeW(path, &ignored);
  CHECK(size > 0);
  void *block = malloc(size);
  wchar_t *text = NULL;
  UINT length = 0;
  wchar_t key[128] = L"\\StringFileInfo\\040904B0\\";
  CHECK(block != NULL && GetFileVersionInfoW(path, 0, size, block));
  CHECK(VerQueryValueW(block, wcscat(key, name), (void **)&text, &length) && length > 0);
  char *copy = utf8(text);
  free(block);
  return copy;
}

int main(void) {
  int count = 0;
  wchar_t **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
  CHECK(arguments != NULL && count == 4);
  char *base = utf8(arguments[1]);

  char *version = version_text(arguments[2], L"ProductVersion");
  char *product = version_text(arguments[2], L"ProductName");
  char *copyright = version_text(arguments[2], L"LegalCopyright");
  CHECK(strcmp(version, LEARNERLINK_VERSION) == 0 && strcmp(product, "LearnerLink") == 0 && *copyright != 0);

  HMODULE library = LoadLibraryW(arguments[2]);
  if (library == NULL) fprintf(stderr, "LoadLibrary: %lu\n", GetLastError());
  CHECK(library != NULL);
  LOAD(learnerlink_version);
  LOAD(learnerlink_abi_version);
  LOAD(learnerlink_open);
  LOAD(learnerlink_close);
  LOAD(learnerlink_text_copy);
  LOAD(learnerlink_error_json);
  LOAD(learnerlink_generate_qr);
  LOAD(learnerlink_poll_learner_data);
  LOAD(learnerlink_list_shares);
  CHECK(load_learnerlink_abi_version() == LEARNERLINK_ABI_VERSION);
  CHECK(strcmp(load_learnerlink_version(), LEARNERLINK_VERSION) == 0);

  learnerlink_plugin plugin = 0;
  learnerlink_text text = 0;
  learnerlink_error error = 0;
  char config[4096], request[512], path[512];
  static char json[1 << 20];
  snprintf(config, sizeof config,
           "{\"sandbox\":\"%s\",\"store\":\"%s\\\\Zo\xc3\xab \xf0\x9f\x8e\x93.db\","
           "\"vaultKey\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
           base, escaped(utf8(arguments[3])));
  if (load_learnerlink_open(config, &plugin, &error) != LEARNERLINK_STATUS_OK) {
    load_learnerlink_error_json(error, &text);
    load_learnerlink_text_copy(text, json, sizeof json, NULL);
    fprintf(stderr, "%s\n", json);
  }
  CHECK(plugin != 0);
  CHECK(load_learnerlink_generate_qr(plugin, "{\"ukprn\":\"10099901\"}", &text, &error) == LEARNERLINK_STATUS_OK);
  CHECK(load_learnerlink_text_copy(text, json, sizeof json, NULL) == LEARNERLINK_STATUS_OK);
  load_learnerlink_close(text);
  char *id = member(json, "correlationId");
  snprintf(path, sizeof path, "shares/%s/approve", id);
  post(base, path, "{\"uln\":\"5123456782\"}");
  snprintf(request, sizeof request, "{\"correlationId\":\"%s\",\"waitMs\":60000}", id);
  CHECK(load_learnerlink_poll_learner_data(plugin, request, &text, &error) == LEARNERLINK_STATUS_OK);
  CHECK(load_learnerlink_text_copy(text, json, sizeof json, NULL) == LEARNERLINK_STATUS_OK);
  load_learnerlink_close(text);
  CHECK(has_outcome(json, "shared") && strstr(json, "\"5123456782\"") != NULL);
  CHECK(load_learnerlink_generate_qr(plugin, "{\"ukprn\":\"1\"}", &text, &error) == LEARNERLINK_STATUS_INVALID_INPUT);
  CHECK(text == 0 && error != 0 && load_learnerlink_close(error) == LEARNERLINK_STATUS_OK);
  CHECK(load_learnerlink_list_shares(plugin, "{}", &text, &error) == LEARNERLINK_STATUS_OK);
  load_learnerlink_close(text);
  CHECK(load_learnerlink_close(plugin) == LEARNERLINK_STATUS_OK);

  wchar_t store[1024];
  CHECK(swprintf(store, 1024, L"%ls\\Zo\u00eb \U0001F393.db", arguments[3]) > 0);
  CHECK(GetFileAttributesW(store) != INVALID_FILE_ATTRIBUTES);
  puts("loaded: the whole flow through a library loaded by its path");
  return 0;
}
