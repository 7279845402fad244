// The Chinese texts of the guide, which its page brings along.

import { learn } from ".";
import guide from "./zh-CN/help.ftl?raw";

learn(guide);
