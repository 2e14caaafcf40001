/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/graphml.h"

#include "base/fail.h"
#include "export/xml.h"
#include "maillage/version.h"
#include "report/output.h"

static const char *const types[] = {
    [MLG_ATTRIBUTE_TEXT] = "string",
    [MLG_ATTRIBUTE_COUNT] = "int",
    [MLG_ATTRIBUTE_NUMBER] = "double",
    [MLG_ATTRIBUTE_BOOL] = "boolean",
};

/* The names of keys: g_title, v_name, e_weight. */
static void put_key(mlg_buffer *out, const char *owner, char prefix, const char *name,
                    mlg_attribute_type type)
{
    mlg_buffer_format(out, "  <key id=\"%c_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                      prefix, name, owner, name, types[type]);
}

static void put_keys(mlg_buffer *out, const mlg_network *network)
{
    for (const mlg_about *about = mlg_abouts; about->name != NULL; about++) {
        put_key(out, "graph", 'g', about->name, MLG_ATTRIBUTE_TEXT);
    }
    for (const mlg_point_attribute *a = mlg_point_attributes; a->name != NULL; a++) {
        if (mlg_point_has(network, a)) {
            put_key(out, "node", 'v', a->name, a->type);
        }
    }
    for (const mlg_tie_attribute *a = mlg_tie_attributes; a->name != NULL; a++) {
        if (a->applies(network)) {
            put_key(out, "edge", 'e', a->name, a->type);
        }
    }
}

/* What is in `value`, unless that is nothing; `value` is emptied. */
static void put_data(mlg_buffer *out, const char *indent, char prefix, const char *name,
                     mlg_buffer *value)
{
    if (value->length > 0) {
        mlg_buffer_format(out, "%s<data key=\"%c_%s\">", indent, prefix, name);
        mlg_xml_text(out, mlg_buffer_string(value));
        mlg_buffer_text(out, "</data>\n");
    }
    out->failed = out->failed || value->failed;
    mlg_buffer_clear(value);
}

static void put_head(mlg_buffer *out, const mlg_network *network, mlg_buffer *value)
{
    mlg_buffer_text(out, MLG_GRAPHML_MARK MLG_VERSION " -->\n");
    mlg_buffer_text(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    put_keys(out, network);
    mlg_buffer_format(out, "  <graph id=\"G\" edgedefault=\"%s\">\n",
                      network->directed ? "directed" : "undirected");
    for (const mlg_about *about = mlg_abouts; about->name != NULL; about++) {
        about->put(value, network);
        put_data(out, "    ", 'g', about->name, value);
    }
}

static void put_point(mlg_buffer *out, const mlg_network *network, int32_t point, mlg_buffer *value)
{
    mlg_buffer_text(out, "    <node id=\"");
    mlg_point_id(out, network, point);
    mlg_buffer_text(out, "\">\n");
    for (const mlg_point_attribute *a = mlg_point_attributes; a->name != NULL; a++) {
        if (mlg_point_has(network, a)) {
            a->put(value, network, point);
            put_data(out, "      ", 'v', a->name, value);
        }
    }
    mlg_buffer_text(out, "    </node>\n");
}

static void put_tie(mlg_buffer *out, const mlg_network *network, const mlg_tie *tie,
                    mlg_buffer *value)
{
    mlg_buffer_text(out, "    <edge source=\"");
    mlg_point_id(out, network, tie->from);
    mlg_buffer_text(out, "\" target=\"");
    mlg_point_id(out, network, tie->to);
    mlg_buffer_text(out, "\">\n");
    for (const mlg_tie_attribute *a = mlg_tie_attributes; a->name != NULL; a++) {
        if (a->applies(network)) {
            a->put(value, network, tie);
            put_data(out, "      ", 'e', a->name, value);
        }
    }
    mlg_buffer_text(out, "    </edge>\n");
}

mlg_status mlg_graphml_write(const mlg_network *network, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0}, value = {0};
    mlg_tie_walk walk = {0};
    mlg_tie tie;

    put_head(&text, network, &value);
    for (int32_t point = 0; point < network->n_points; point++) {
        put_point(&text, network, point, &value);
        TRY(mlg_flush_some(&text, out, err));
    }
    while (mlg_tie_next(network, &walk, &tie)) {
        put_tie(&text, network, &tie, &value);
        TRY(mlg_flush_some(&text, out, err));
    }
    mlg_buffer_text(&text, "  </graph>\n</graphml>\n");
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    mlg_buffer_free(&value);
    return status;
}
