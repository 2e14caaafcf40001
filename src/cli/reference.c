/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the shipped territories may be, from the folder of the program: installed, then beside a
 * build in the sources. The disk of this machine only. */
static const char *const places[] = {
    "/../share/maillage/france",
    "/../datasets/france",
    "/../../datasets/france",
};

enum { PATH_ROOM = 4096, N_PLACES = sizeof places / sizeof *places };

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* Folder of the running program, or "" when the system does not tell. */
static void find_program(char *folder, size_t room)
{
    const ssize_t length = readlink("/proc/self/exe", folder, room - 1);
    folder[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
}

bool cli_find_reference(char *path, size_t room, char *searched, size_t searched_room)
{
    char program[PATH_ROOM];
    find_program(program, sizeof program);
    searched[0] = '\0';
    for (size_t i = 0; i < N_PLACES; i++) {
        const int length = snprintf(path, room, "%s%s", program, places[i]);
        if (length > 0 && (size_t) length < room && is_folder(path)) {
            return true;
        }
        const size_t used = strlen(searched);
        snprintf(searched + used, searched_room - used, "%s%s", i > 0 ? " \xc2\xb7 " : "", path);
    }
    return false;
}
