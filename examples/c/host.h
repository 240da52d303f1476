/* What the parts of the demonstration share: calling the library, reading its answers, printing. */
#ifndef EXAMPLE_HOST_H
#define EXAMPLE_HOST_H

#include <learnerlink.h>

typedef learnerlink_status(LEARNERLINK_CALL *operation)(learnerlink_plugin, const char *, learnerlink_text *, learnerlink_error *);

extern learnerlink_plugin plugin;
/* The address of the sandbox. */
extern const char *sandbox;

/* Copies a text out and closes it; the caller frees the copy. */
char *take(learnerlink_text text);

/* Ends the program with what the library says. */
void give_up(const char *what, learnerlink_error error);

/* Calls an operation that has no reason to fail here; the caller frees the answer. */
char *call(operation run, const char *what, const char *format, ...);

/* Calls an operation that has to fail, and prints its error. */
void show_error(const char *what, operation run, const char *request);

/* The value at a path such as "record.schools.%d.name", or "". It stays until seven more were read. */
const char *get(const char *json, const char *path, ...);

void heading(const char *text);

/* Prints a table whose columns are as wide as what is in them: name the columns ("Date|Level"), give the cells row
 * by row, print. An empty cell becomes a dash. */
void table_begin(const char *columns);
void table_cell(const char *text);
void table_print(void);

#endif
