/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The page's style and script, without comments and indents (Makefile); their hashes stand in its policy. */
    .section .rodata
    .global mlg_report_css
    .global mlg_report_css_end
    .global mlg_report_js
    .global mlg_report_js_end
    .hidden mlg_report_css
    .hidden mlg_report_css_end
    .hidden mlg_report_js
    .hidden mlg_report_js_end
mlg_report_css:
    .incbin "report.css"
mlg_report_css_end:
    .byte 0
mlg_report_js:
    .incbin "report.js"
mlg_report_js_end:
    .byte 0

    .section .note.GNU-stack, "", %progbits
