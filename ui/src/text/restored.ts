// The Chinese texts of the time after a restore. Whatever shows one of them imports this.

import { addChinese } from ".";
import text from "./zh-CN/later/restored.ftl?raw";

addChinese(text);
