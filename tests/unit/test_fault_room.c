/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>

#include "base/buffer.h"
#include "study_fixture.h"
#include "suite.h"

/* Six thousand unlisted names come before the one row that stops the study. */
START_TEST(warnings_leave_room_for_errors)
{
    enum { NAMES = 6000 };
    study_fixture study;
    mlg_fault_view view;
    char message[400];
    mlg_buffer text = {0};

    mlg_buffer_text(&text, "from;to;start\n");
    for (int i = 0; i < NAMES; i++) {
        mlg_buffer_format(&text, "L%dx;M;2024\n", i);
    }
    mlg_buffer_text(&text, "M;N;31/02/2024\n");
    study_fixture_open(&study);
    study_fixture_text(&study, "actors.csv", "id;kind\nM;organisation\n");
    study_fixture_text(&study, "ties.csv", mlg_buffer_string(&text));
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_EDATA);
    ck_assert(study_fixture_fault(&study, "too_many_warnings", &view, NULL, 0));
    mlg_faults_get(mlg_model_faults(study.model), 0, MLG_EN, false, &view, message, sizeof message);
    ck_assert_int_eq(view.severity, MLG_FATAL);
    ck_assert_int_eq(view.line, NAMES + 2);
    mlg_buffer_free(&text);
    study_fixture_close(&study);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("room for faults");
    TCase *t = tcase_create("room for faults");

    tcase_add_test(t, warnings_leave_room_for_errors);
    suite_add_tcase(s, t);
    return suite_run(s);
}
