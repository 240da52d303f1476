/* Loads, uses and unloads the library of the given path, again and again: it stays and goes on working. */

#include "check.h"

#include <dlfcn.h>

typedef learnerlink_status(LEARNERLINK_CALL *opening)(const char *, learnerlink_plugin *, learnerlink_error *);
typedef learnerlink_status(LEARNERLINK_CALL *closing)(uint64_t);
typedef learnerlink_status(LEARNERLINK_CALL *counting)(learnerlink_plugin, learnerlink_text *, learnerlink_error *);

static void *find(void *library, const char *name) {
  void *address = dlsym(library, name);
  CHECK(address != NULL);
  return address;
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  learnerlink_plugin kept = 0;
  void *first = NULL;
  for (int turn = 0; turn < 5; turn++) {
    void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) fprintf(stderr, "%s\n", dlerror());
    CHECK(library != NULL);
    /* A data pointer becomes a function pointer the way POSIX asks for it. */
    opening open_plugin;
    closing close_handle;
    *(void **)&open_plugin = find(library, "learnerlink_open");
    *(void **)&close_handle = find(library, "learnerlink_close");
    if (first == NULL) first = *(void **)&open_plugin;
    CHECK(first == *(void **)&open_plugin);
    learnerlink_plugin plugin = 0;
    CHECK(open_plugin("{\"store\":\":memory:\"}", &plugin, NULL) == LEARNERLINK_STATUS_OK);
    if (turn == 0) {
      /* Unloaded while its threads run. */
      kept = plugin;
    } else {
      CHECK(close_handle(plugin) == LEARNERLINK_STATUS_OK);
      if (turn == 4) CHECK(close_handle(kept) == LEARNERLINK_STATUS_OK);
    }
    CHECK(dlclose(library) == 0);
  }
  await_threads(1);
  puts("unload: the library stays and its handles with it");
  return 0;
}
