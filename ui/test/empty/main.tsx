// The least that a window with this library shows: what the program's own start and memory are measured against.
import { Button, ConfigProvider, Flex, Typography } from "antd";
import zhCN from "antd/locale/zh_CN";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { markReady } from "../../src/parts/ready";

function Empty() {
  useEffect(markReady, []);
  return (
    <ConfigProvider locale={zhCN}>
      <Flex vertical gap="middle">
        <Typography.Title>empty</Typography.Title>
        <Button type="primary">empty</Button>
      </Flex>
    </ConfigProvider>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<Empty />);
