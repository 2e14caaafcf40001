/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/gephi.h"

#include <string.h>

#include "base/fail.h"
#include "report/csv_writer.h"
#include "report/output.h"

/* The next cell of a row; `value` is emptied. */
static void put_cell(mlg_buffer *out, mlg_buffer *value)
{
    mlg_buffer_char(out, ',');
    mlg_csv_text(out, mlg_buffer_string(value));
    out->failed = out->failed || value->failed;
    mlg_buffer_clear(value);
}

/* The label stands in Gephi's own column. */
static bool is_own_column(const mlg_network *network, const mlg_point_attribute *attribute)
{
    return attribute != mlg_point_attributes && mlg_point_has(network, attribute);
}

mlg_status mlg_gephi_write_nodes(const mlg_network *network, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0}, value = {0};

    mlg_buffer_text(&text, "Id,Label");
    for (const mlg_point_attribute *a = mlg_point_attributes; a->name != NULL; a++) {
        if (is_own_column(network, a)) {
            mlg_buffer_format(&text, ",%s", a->name);
        }
    }
    mlg_buffer_text(&text, "\r\n");
    for (int32_t point = 0; point < network->n_points; point++) {
        mlg_point_id(&text, network, point);
        for (const mlg_point_attribute *a = mlg_point_attributes; a->name != NULL; a++) {
            if (a == mlg_point_attributes || is_own_column(network, a)) {
                a->put(&value, network, point);
                put_cell(&text, &value);
            }
        }
        mlg_buffer_text(&text, "\r\n");
        TRY(mlg_flush_some(&text, out, err));
    }
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    mlg_buffer_free(&value);
    return status;
}

/* Gephi has its own word for the weight, and wants one of each tie. */
static bool is_weight(const mlg_tie_attribute *attribute)
{
    return strcmp(attribute->name, "weight") == 0;
}

static void put_edge(mlg_buffer *out, const mlg_network *network, const mlg_tie *tie,
                     mlg_buffer *value)
{
    mlg_point_id(out, network, tie->from);
    mlg_buffer_char(out, ',');
    mlg_point_id(out, network, tie->to);
    mlg_buffer_text(out, network->directed ? ",Directed" : ",Undirected");
    for (const mlg_tie_attribute *a = mlg_tie_attributes; a->name != NULL; a++) {
        if (a->applies(network)) {
            a->put(value, network, tie);
            put_cell(out, value);
        } else if (is_weight(a)) {
            mlg_buffer_text(out, ",1");
        }
    }
    mlg_buffer_text(out, "\r\n");
}

mlg_status mlg_gephi_write_edges(const mlg_network *network, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0}, value = {0};
    mlg_tie_walk walk = {0};
    mlg_tie tie;

    mlg_buffer_text(&text, "Source,Target,Type");
    for (const mlg_tie_attribute *a = mlg_tie_attributes; a->name != NULL; a++) {
        if (is_weight(a) || a->applies(network)) {
            mlg_buffer_format(&text, ",%s", is_weight(a) ? "Weight" : a->name);
        }
    }
    mlg_buffer_text(&text, "\r\n");
    while (mlg_tie_next(network, &walk, &tie)) {
        put_edge(&text, network, &tie, &value);
        TRY(mlg_flush_some(&text, out, err));
    }
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    mlg_buffer_free(&value);
    return status;
}

mlg_status mlg_gephi_write_about(const mlg_network *network, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0}, value = {0};

    mlg_buffer_text(&text, "name,value\r\n");
    for (const mlg_about *about = mlg_abouts; about->name != NULL; about++) {
        about->put(&value, network);
        if (value.length > 0) {
            mlg_buffer_text(&text, about->name);
            put_cell(&text, &value);
            mlg_buffer_text(&text, "\r\n");
        }
        text.failed = text.failed || value.failed;
    }
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    mlg_buffer_free(&value);
    return status;
}
